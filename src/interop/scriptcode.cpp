#include "interop/scriptcode.h"

namespace icebreaker {

using namespace Qt::StringLiterals;

namespace {

/// Characters that cannot be seen, or that change how others are shown.
bool isHiddenCharacter(QChar c)
{
    return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
        || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

/// A literal that means the same in Python and in JavaScript.
QString scriptQuoted(const QString &text)
{
    constexpr int hexadecimal = 16;
    QString quoted(u'\'');
    for (const QChar c : text) {
        if (c == u'\'' || c == u'\\')
            quoted += u'\\' + QString(c);
        else if (c == u'\n')
            quoted += R"(\n)"_L1;
        else if (isHiddenCharacter(c))
            quoted +=
                R"(\u)"_L1 + QString::number(c.unicode(), hexadecimal).rightJustified(4, u'0');
        else
            quoted += c;
    }
    return quoted + u'\'';
}

/// One literal a line, each with its line's end.
QStringList quotedLines(const QByteArray &body)
{
    QStringList quoted;
    const QString text = QString::fromUtf8(body);
    qsizetype start = 0;
    while (start < text.size()) {
        const qsizetype newline = text.indexOf(u'\n', start);
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        quoted.append(scriptQuoted(text.sliced(start, end - start)));
        start = end;
    }
    return quoted.isEmpty() ? QStringList{u"''"_s} : quoted;
}

QString scriptUrl(const QUrl &url)
{
    return scriptQuoted(QString::fromUtf8(url.toEncoded()));
}

} // namespace

QString toPython(const CodeRequest &request)
{
    const bool hasKey = !request.key.isEmpty();
    const QString key =
        hasKey ? scriptQuoted(QString::fromLatin1(request.key)) : u"os.environ['VGAI_KEY']"_s;
    return (hasKey ? QString() : u"import os\n\n"_s) + "import requests\n\nbody = (\n    "_L1
        + quotedLines(request.body).join("\n    "_L1) + "\n)\nresponse = requests.post(\n    "_L1
        + scriptUrl(request.url)
        + ",\n    data=body.encode('utf-8'),\n"
          "    headers={'Content-Type': 'application/json', 'X-Vgai-Key': "_L1
        + key
        + "},\n    allow_redirects=False,\n    timeout=60,\n)\n"
          "print(response.status_code, response.text)\n"_L1;
}

QString toJavaScript(const CodeRequest &request)
{
    const QString key = request.key.isEmpty() ? u"process.env.VGAI_KEY"_s
                                              : scriptQuoted(QString::fromLatin1(request.key));
    return "const body =\n  "_L1 + quotedLines(request.body).join(" +\n  "_L1)
        + ";\nconst response = await fetch("_L1 + scriptUrl(request.url)
        + ", {\n  method: 'POST',\n"
          "  headers: { 'Content-Type': 'application/json', 'X-Vgai-Key': "_L1
        + key
        + " },\n  redirect: 'manual',\n  body,\n});\n"
          "console.log(response.status, await response.text());\n"_L1;
}

} // namespace icebreaker
