#include "words/explainwords.h"

#include <QFile>
#include <QTextStream>

using namespace icebreaker;
using namespace Qt::StringLiterals;

/// Writes words/cataloguetexts.cpp, see the target update_catalogue_texts.
int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    QFile file(QString::fromLocal8Bit(argv[1]));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return 1;
    QTextStream out(&file);
    out << "// Written by the target update_catalogue_texts from resources/catalogue.\n"
           "#include \"words/explainwords.h\"\n\n"
           "namespace icebreaker {\n\n"
           "QStringList cataloguedTexts() // NOLINT(readability-function-size): data\n{\n"
           "    // clang-format off\n"
           "    static const char *const texts[] = {\n";
    for (QString text : textsOf(Catalogue::builtIn())) {
        text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
        out << R"(        QT_TRANSLATE_NOOP("Catalogue", ")" << text << R"("),)" << '\n';
    }
    out << "    };\n"
           "    // clang-format on\n"
           "    QStringList list;\n"
           "    for (const char *text : texts)\n"
           "        list.append(QString::fromUtf8(text));\n"
           "    return list;\n"
           "}\n\n} // namespace icebreaker\n";
    return 0;
}
