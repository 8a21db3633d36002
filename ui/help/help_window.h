#pragma once

#include "ui/help/documents.h"
#include "ui/help/page_finder.h"

#include <QDialog>

#include <vector>

class QListWidget;

namespace circuitloom::ui {

class DocumentBrowser;
class FindBar;

/// The documentation: its contents on the left, the page chosen on the right, below it, once it is
/// asked for, a bar in which a text is found on the page or on all of them.
class HelpWindow : public QDialog
{
    Q_OBJECT

public:
    explicit HelpWindow(QWidget* parent = nullptr);

    /// One of document_pages(), or a heading in it.
    void show_page(const QUrl& source);
    QUrl page() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void show_in_contents(const QUrl& source);
    void close_search();
    void look_again();
    void step(bool forward);
    void search_all();
    void show_found();

    std::vector<DocumentPage> pages_;
    QListWidget* contents_;
    DocumentBrowser* browser_;
    FindBar* find_;
    PageFinder finder_;
    QStringList texts_; ///< of the pages, once all were searched
    bool reading_texts_ = false; ///< on another thread
    std::vector<int> found_; ///< how often, page by page, while all are searched
};

} // namespace circuitloom::ui
