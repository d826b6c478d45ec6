#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

/// As much of JSON Schema as tests/data/har-1.2.schema.json uses. What it does not know is
/// an error, so that no rule is passed over in silence.
namespace icebreaker::test {

using namespace Qt::StringLiterals;

class JsonSchema
{
public:
    explicit JsonSchema(QJsonObject root)
        : m_root(std::move(root))
    { }

    /// What is wrong with @p value; empty if nothing.
    [[nodiscard]] QStringList mistakes(const QJsonValue &value) const
    {
        QStringList found;
        check(value, m_root, u"$"_s, found);
        return found;
    }

private:
    void check(const QJsonValue &value, const QJsonObject &schema, const QString &at,
               QStringList &found) const
    {
        for (auto rule = schema.begin(); rule != schema.end(); ++rule)
            checkRule(rule.key(), rule.value(), value, schema, at, found);
    }

    void checkRule(const QString &name, const QJsonValue &rule, const QJsonValue &value,
                   const QJsonObject &schema, const QString &at, QStringList &found) const
    {
        if (name == "$ref"_L1)
            check(value, definition(rule.toString()), at, found);
        else if (name == "type"_L1 && !isOfType(value, rule.toString()))
            found.append(at + u" is no "_s + rule.toString());
        else if (name == "const"_L1 && value != rule)
            found.append(at + u" is not the constant"_s);
        else if (name == "minimum"_L1 && value.toDouble() < rule.toDouble())
            found.append(at + u" is too small"_s);
        else if (name == "pattern"_L1
                 && !QRegularExpression(rule.toString()).match(value.toString()).hasMatch())
            found.append(at + u" does not match: "_s + value.toString());
        else if (name == "required"_L1)
            checkRequired(rule.toArray(), value.toObject(), at, found);
        else if (name == "properties"_L1)
            checkMembers(value.toObject(), schema, at, found);
        else if (name == "items"_L1)
            checkItems(value.toArray(), rule.toObject(), at, found);
        else if (!known().contains(name))
            found.append(u"unknown rule "_s + name);
    }
    static const QStringList &known()
    {
        static const QStringList names{u"$schema"_s,     u"$id"_s,     u"title"_s,
                                       u"description"_s, u"type"_s,    u"const"_s,
                                       u"minimum"_s,     u"pattern"_s, u"definitions"_s};
        return names;
    }

    [[nodiscard]] QJsonObject definition(const QString &reference) const
    {
        const QString name = QString(reference).remove(u"#/definitions/"_s);
        return m_root.value(u"definitions"_s).toObject().value(name).toObject();
    }

    static bool isOfType(const QJsonValue &value, const QString &type)
    {
        if (type == "object"_L1)
            return value.isObject();
        if (type == "array"_L1)
            return value.isArray();
        if (type == "string"_L1)
            return value.isString();
        if (type == "boolean"_L1)
            return value.isBool();
        if (type == "integer"_L1)
            return value.isDouble() && value.toDouble() == double(value.toInteger(-999));
        return type == "number"_L1 && value.isDouble();
    }

    static void checkRequired(const QJsonArray &names, const QJsonObject &object, const QString &at,
                              QStringList &found)
    {
        for (const QJsonValue &name : names) {
            if (!object.contains(name.toString()))
                found.append(at + u" lacks "_s + name.toString());
        }
    }

    /// Members that begin with "_" are anybody's own (HAR 1.2, "Custom Fields").
    void checkMembers(const QJsonObject &object, const QJsonObject &schema, const QString &at,
                      QStringList &found) const
    {
        const QJsonObject properties = schema.value(u"properties"_s).toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            const QString place = at + u'.' + member.key();
            if (properties.contains(member.key()))
                check(member.value(), properties.value(member.key()).toObject(), place, found);
            else if (!member.key().startsWith(u'_'))
                found.append(place + u" is not in the schema"_s);
        }
    }

    void checkItems(const QJsonArray &array, const QJsonObject &schema, const QString &at,
                    QStringList &found) const
    {
        for (qsizetype i = 0; i < array.size(); ++i)
            check(array.at(i), schema, at + u"[%1]"_s.arg(i), found);
    }

    QJsonObject m_root;
};

} // namespace icebreaker::test
