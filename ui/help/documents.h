#pragma once

#include <QString>
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

} // namespace circuitloom::ui
