#include "ui/help/documents.h"

#include <QFile>
#include <QRegularExpression>
#include <QTextDocument>

// Q_INIT_RESOURCE must stand outside every namespace.
static void init_help()
{
    Q_INIT_RESOURCE(help);
}

namespace circuitloom::ui {

namespace {

constexpr const char* pages_in_order[]{ "README.md", "resources/docs/demo.md",
    "resources/docs/tour.md", "resources/docs/experiments.md",
    "resources/docs/circuit-view.md", "resources/docs/timeline.md", "resources/docs/curves.md", "resources/docs/figures.md",
    "resources/docs/accessibility.md",
    "resources/docs/measures.md", "resources/docs/comparing.md", "resources/docs/export.md", "resources/docs/dynamics.md",
    "resources/docs/task-files.md", "resources/docs/command-line.md",
    "resources/docs/circuitloom-cli.md", "resources/docs/circuitloom.md",
    "resources/docs/configuration.md", "resources/docs/distributed.md",
    "resources/docs/remote.md",
    "resources/docs/file-format.md", "resources/docs/model-families.md",
    "resources/docs/reading-circuits.md", "resources/docs/results.md", "resources/docs/speed.md", "resources/docs/scaling.md", "resources/docs/algorithm.md",
    "resources/docs/architecture.md", "resources/docs/contributing.md",
    "resources/docs/packaging.md", "CHANGELOG.md", "tests/benchmark/README.md", "tests/fuzz/README.md" };

/// Its first heading.
QString title_of(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return path;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        if (line.startsWith(QStringLiteral("# ")))
            return line.mid(2).remove(u'`');
    }
    return path;
}

} // namespace

std::vector<DocumentPage> document_pages()
{
    init_help();
    std::vector<DocumentPage> pages;
    for (const char* name : pages_in_order) {
        const QString path = QStringLiteral("/circuitloom/help/") + QString::fromLatin1(name);
        pages.push_back({ title_of(u':' + path), QUrl(QStringLiteral("qrc:") + path) });
    }
    return pages;
}

QString anchor_of(const QString& heading)
{
    QString anchor;
    for (const QChar letter : heading.trimmed().toLower()) {
        if (letter == u' ')
            anchor += u'-';
        else if (letter.isLetterOrNumber() || letter == u'-' || letter == u'_')
            anchor += letter;
    }
    return anchor;
}

QString without_html(QString markdown)
{
    static const QRegularExpression around(QStringLiteral("</?picture>|<source[^>]*>"));
    static const QRegularExpression picture(
        QStringLiteral("<img alt=\"([^\"]*)\" src=\"([^\"]*)\">"));
    markdown.remove(around);
    return markdown.replace(picture, QStringLiteral("\n![\\1](\\2)\n"));
}

QStringList plain_texts(const std::vector<DocumentPage>& pages)
{
    QStringList texts;
    for (const DocumentPage& page : pages) {
        QFile file(u':' + page.source.path());
        QTextDocument document;
        if (file.open(QIODevice::ReadOnly))
            document.setMarkdown(without_html(QString::fromUtf8(file.readAll())));
        texts << document.toPlainText();
    }
    return texts;
}

} // namespace circuitloom::ui
