#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace circuitloom::ui {

/// A page of the documentation that lies inside the program.
struct DocumentPage
{
    QString title;
    QUrl source; ///< of its Markdown; links between pages are relative to it
};

/// The pages, for users first, in the order in which the contents list them.
std::vector<DocumentPage> document_pages();

/// What links to a heading say after `#`: "The model of a run" is `the-model-of-a-run`.
QString anchor_of(const QString& heading);

/// A page whose pictures are written as HTML, for two colour schemes, with them as Markdown has
/// them.
QString without_html(QString markdown);

/// What the pages say, without pictures and layout. On any thread.
QStringList plain_texts(const std::vector<DocumentPage>& pages);

} // namespace circuitloom::ui
