#include "ui/editstep.h"

#include "words/checkwords.h"

#include <QCoreApplication>

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Where two values differ, as far as it is one text.
class TextDifference
{
public:
    TextDifference(const JsonObject &before, const JsonObject &after)
    {
        objects(before, after, {});
    }

    /// Empty if there is none, or more than one, or something else differs too.
    [[nodiscard]] QString place() const { return m_count == 1 && !m_isOther ? m_place : QString(); }

private:
    void values(const JsonValue &before, const JsonValue &after, const QString &place)
    {
        if (before == after)
            return;
        if (before.object() != nullptr && after.object() != nullptr) {
            objects(*before.object(), *after.object(), place);
        } else if (before.array() != nullptr && after.array() != nullptr
                   && before.array()->size() == after.array()->size()) {
            for (std::size_t i = 0; i < before.array()->size(); ++i)
                values((*before.array())[i], (*after.array())[i],
                       place + u'/' + QString::number(i));
        } else if (before.string() != nullptr && after.string() != nullptr) {
            m_place = place;
            ++m_count;
        } else {
            m_isOther = true;
        }
    }

    void objects(const JsonObject &before, const JsonObject &after, const QString &place)
    {
        if (before.members.size() != after.members.size()) {
            m_isOther = true;
            return;
        }
        for (std::size_t i = 0; i < before.members.size(); ++i) {
            if (before.members[i].first != after.members[i].first)
                m_isOther = true;
            else
                values(before.members[i].second, after.members[i].second,
                       place + u'/' + before.members[i].first);
        }
    }

    QString m_place;
    int m_count = 0;
    bool m_isOther = false;
};

QString placeOf(const Composer::State &before, const Composer::State &after)
{
    if (before.card != after.card || before.builtInInbox != after.builtInInbox)
        return {};
    if (before.typedRecipient != after.typedRecipient)
        return u'/' + memberName(Field::To);
    return TextDifference(before.request.root(), after.request.root()).place();
}

QString editStepText(const QString &place)
{
    const Field field = fieldNamed(place.section(u'/', 1, 1));
    return field == Field::Body ? QCoreApplication::translate("EditStep", "request")
                                : fieldLabel(field);
}

} // namespace

EditStep::EditStep(Composer::State before, Composer::State after, int run, Apply apply)
    : m_before(std::move(before))
    , m_after(std::move(after))
    , m_place(placeOf(m_before, m_after))
    , m_run(run)
    , m_apply(std::move(apply))
{
    setText(editStepText(m_place));
}

void EditStep::undo()
{
    m_apply(m_before);
}

void EditStep::redo()
{
    if (!std::exchange(m_isDone, false))
        m_apply(m_after);
}

bool EditStep::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const EditStep *>(other); // id() says so
    if (m_place.isEmpty() || next->m_place != m_place || next->m_run != m_run)
        return false;
    m_after = next->m_after;
    setObsolete(m_after == m_before);
    return true;
}

} // namespace icebreaker
