#include "core/jsonpatch.h"

#include "core/jsonoutline.h"

#include <algorithm>

namespace icebreaker {

namespace {

/// One member or item of what is wanted; items have no name.
struct WantedItem {
    const QString *name = nullptr;
    const JsonValue *value = nullptr;
};

std::vector<WantedItem> itemsOf(const JsonValue &value)
{
    std::vector<WantedItem> items;
    if (const JsonObject *object = value.object()) {
        for (const JsonMember &member : object->members)
            items.push_back({&member.first, &member.second});
    } else if (const JsonArray *array = value.array()) {
        for (const JsonValue &item : *array)
            items.push_back({nullptr, &item});
    }
    return items;
}

bool isSameItem(const WantedItem &left, const WantedItem &right)
{
    const bool sameName =
        left.name == nullptr || right.name == nullptr || *left.name == *right.name;
    return sameName && *left.value == *right.value;
}

class PatchMaker
{
public:
    explicit PatchMaker(const QByteArray &text)
        : m_text(text)
    { }

    void compare(const JsonNode &node, const JsonValue &now, const JsonValue &wanted)
    {
        if (now == wanted)
            return;
        const bool objects = now.object() != nullptr && wanted.object() != nullptr;
        const bool arrays = now.array() != nullptr && wanted.array() != nullptr;
        const auto items = itemsOf(wanted);
        if ((objects || arrays) && !node.children.empty() && !items.empty())
            compareItems(node, itemsOf(now), items);
        else
            replace(node.begin, node.end, rendered(wanted, node.begin));
    }

    QList<TextEdit> take()
    {
        std::sort(m_edits.begin(), m_edits.end(),
                  [](const TextEdit &a, const TextEdit &b) { return a.begin > b.begin; });
        return std::move(m_edits);
    }

private:
    using Items = std::vector<WantedItem>;

    void replace(qsizetype begin, qsizetype end, const QByteArray &text)
    {
        m_edits.append({begin, end, text});
    }

    /// What is the same at both ends stays; in between, as many as there are of both are
    /// compared one by one, and the rest is added or taken out.
    void compareItems(const JsonNode &node, const Items &now, const Items &wanted)
    {
        const std::size_t most = std::min(now.size(), wanted.size());
        std::size_t head = 0;
        while (head < most && isSameItem(now[head], wanted[head]))
            ++head;
        std::size_t tail = 0;
        while (tail < most - head
               && isSameItem(now[now.size() - 1 - tail], wanted[wanted.size() - 1 - tail]))
            ++tail;
        const std::size_t nowEnd = now.size() - tail;
        const std::size_t wantedEnd = wanted.size() - tail;
        const std::size_t pairs = std::min(nowEnd, wantedEnd) - head;
        for (std::size_t i = head; i < head + pairs; ++i) {
            const JsonNode &child = node.children[i];
            if (now[i].name != nullptr && *now[i].name != *wanted[i].name)
                replace(child.nameBegin, child.nameEnd,
                        toJson(JsonValue(*wanted[i].name), JsonStyle::Compact));
            compare(child, *now[i].value, *wanted[i].value);
        }
        if (nowEnd > head + pairs)
            remove(node, head + pairs, nowEnd);
        else if (wantedEnd > head + pairs)
            insert(node, head + pairs,
                   {wanted.begin() + static_cast<std::ptrdiff_t>(head + pairs),
                    wanted.begin() + static_cast<std::ptrdiff_t>(wantedEnd)});
    }

    [[nodiscard]] static qsizetype itemBegin(const JsonNode &child)
    {
        return child.nameBegin >= 0 ? child.nameBegin : child.begin;
    }

    /// Never all of them: then the whole value is replaced.
    void remove(const JsonNode &node, std::size_t from, std::size_t to)
    {
        if (from > 0)
            replace(node.children[from - 1].end, node.children[to - 1].end, {});
        else
            replace(itemBegin(node.children[0]), itemBegin(node.children[to]), {});
    }

    void insert(const JsonNode &node, std::size_t at, const Items &items)
    {
        const qsizetype first = itemBegin(node.children.front());
        const QByteArray gap = m_text.mid(node.begin + 1, first - node.begin - 1);
        const QByteArray between = ',' + (node.children.size() > 1 ? gapBefore(node, 1) : gap);
        QByteArray text;
        for (const WantedItem &item : items) {
            const QByteArray written = renderedItem(item, first);
            text += at > 0 ? between + written : written + between;
        }
        const qsizetype place = at > 0 ? node.children[at - 1].end : first;
        replace(place, place, text);
    }

    /// The white space before a child that is not the first, without the comma.
    [[nodiscard]] QByteArray gapBefore(const JsonNode &node, std::size_t child) const
    {
        const qsizetype from = node.children[child - 1].end;
        return m_text.mid(from, itemBegin(node.children[child]) - from).replace(',', "");
    }

    [[nodiscard]] QByteArray renderedItem(const WantedItem &item, qsizetype at) const
    {
        QByteArray value = rendered(*item.value, at);
        if (item.name == nullptr)
            return value;
        return toJson(JsonValue(*item.name), JsonStyle::Compact) + (isOnOneLine() ? ":" : ": ")
            + value;
    }

    [[nodiscard]] bool isOnOneLine() const { return !m_text.trimmed().contains('\n'); }

    /// As deep as the line on which it will stand.
    [[nodiscard]] QByteArray rendered(const JsonValue &value, qsizetype at) const
    {
        if (isOnOneLine())
            return toJson(value, JsonStyle::Compact);
        const qsizetype line = m_text.lastIndexOf('\n', std::max(at - 1, qsizetype{0})) + 1;
        qsizetype end = line;
        while (end < at && (m_text.at(end) == ' ' || m_text.at(end) == '\t'))
            ++end;
        return toJson(value, JsonStyle::Indented)
            .replace("\n", '\n' + m_text.mid(line, end - line));
    }

    const QByteArray &m_text;
    QList<TextEdit> m_edits;
};

} // namespace

QList<TextEdit> jsonEdits(const QByteArray &text, const JsonValue &target)
{
    const TextEdit whole{0, text.size(), toJson(target, JsonStyle::Indented)};
    const auto now = parseJson(text);
    const auto outline = outlineJson(text);
    if (!now || !outline)
        return {whole};
    if (*now == target)
        return {};
    PatchMaker maker(text);
    maker.compare(*outline, *now, target);
    const QList<TextEdit> edits = maker.take();
    const auto then = parseJson(applied(text, edits));
    return then && *then == target ? edits : QList<TextEdit>{whole};
}

QByteArray applied(QByteArray text, const QList<TextEdit> &edits)
{
    for (const TextEdit &edit : edits)
        text.replace(edit.begin, edit.end - edit.begin, edit.text);
    return text;
}

} // namespace icebreaker
