#pragma once

#include <QTextBrowser>

namespace circuitloom::ui {

/// Shows Markdown pages: links lead to other pages and to headings, those to the web open in the
/// desktop's browser, and pictures are as wide as there is room.
class DocumentBrowser : public QTextBrowser
{
    Q_OBJECT

public:
    explicit DocumentBrowser(QWidget* parent = nullptr);

    QVariant loadResource(int type, const QUrl& name) override;

protected:
    void doSetSource(const QUrl& name, QTextDocument::ResourceType type) override;

private:
    void show_heading(const QString& anchor);
};

} // namespace circuitloom::ui
