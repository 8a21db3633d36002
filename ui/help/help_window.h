#pragma once

#include "ui/help/documents.h"

#include <QDialog>

#include <vector>

class QListWidget;

namespace circuitloom::ui {

class DocumentBrowser;

/// The documentation: its contents on the left, the page chosen on the right.
class HelpWindow : public QDialog
{
    Q_OBJECT

public:
    explicit HelpWindow(QWidget* parent = nullptr);

    /// One of document_pages(), or a heading in it.
    void show_page(const QUrl& source);
    QUrl page() const;

private:
    void show_in_contents(const QUrl& source);

    std::vector<DocumentPage> pages_;
    QListWidget* contents_;
    DocumentBrowser* browser_;
};

} // namespace circuitloom::ui
