#include "ui/help/help_window.h"

#include "ui/help/document_browser.h"
#include "ui/theme/text_scale.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

HelpWindow::HelpWindow(QWidget* parent)
    : QDialog(parent)
    , pages_(document_pages())
    , contents_(new QListWidget(this))
    , browser_(new DocumentBrowser(this))
{
    setObjectName(QStringLiteral("helpWindow"));
    setWindowTitle(tr("Documents"));
    contents_->setObjectName(QStringLiteral("helpContents"));
    contents_->setWordWrap(true);
    contents_->setAccessibleName(tr("Contents"));
    browser_->setAccessibleName(tr("Document"));
    for (const DocumentPage& page : pages_)
        contents_->addItem(page.title);
    connect(contents_, &QListWidget::currentRowChanged, this, [this](int row) {
        const QUrl source = row < 0 ? QUrl() : pages_[static_cast<std::size_t>(row)].source;
        if (row >= 0 && browser_->source().adjusted(QUrl::RemoveFragment) != source)
            browser_->setSource(source);
    });
    connect(browser_, &QTextBrowser::sourceChanged, this, &HelpWindow::show_in_contents);

    auto* bar = new QHBoxLayout;
    const auto add_button = [&](const QString& text, const QKeySequence& keys, auto does) {
        auto* button = new QToolButton(this);
        button->setText(text);
        button->setToolTip(keys.toString(QKeySequence::NativeText));
        button->setEnabled(false);
        connect(button, &QToolButton::clicked, browser_, does);
        connect(new QShortcut(keys, this), &QShortcut::activated, browser_, does);
        bar->addWidget(button);
        return button;
    };
    QToolButton* back = add_button(
        tr("Back"), QKeySequence(Qt::ALT | Qt::Key_Left), &QTextBrowser::backward);
    QToolButton* forward = add_button(
        tr("Forward"), QKeySequence(Qt::ALT | Qt::Key_Right), &QTextBrowser::forward);
    connect(browser_, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    connect(browser_, &QTextBrowser::forwardAvailable, forward, &QWidget::setEnabled);
    bar->addStretch();

    auto* halves = new QSplitter(this);
    halves->addWidget(contents_);
    halves->addWidget(browser_);
    halves->setSizes({ 240, 760 });
    halves->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(bar);
    column->addWidget(halves, 1);
    resize(scaled(QSize(1000, 700)));
    contents_->setCurrentRow(0);
}

void HelpWindow::show_page(const QUrl& source)
{
    browser_->setSource(source);
}

QUrl HelpWindow::page() const
{
    return browser_->source();
}

void HelpWindow::show_in_contents(const QUrl& source)
{
    const QUrl page = source.adjusted(QUrl::RemoveFragment);
    for (std::size_t i = 0; i < pages_.size(); ++i)
        if (pages_[i].source == page)
            contents_->setCurrentRow(static_cast<int>(i));
}

} // namespace circuitloom::ui
