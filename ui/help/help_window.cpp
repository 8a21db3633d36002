#include "ui/help/help_window.h"

#include "ui/base/background.h"
#include "ui/help/document_browser.h"
#include "ui/help/find_bar.h"
#include "ui/theme/text_scale.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <numeric>

namespace circuitloom::ui {

HelpWindow::HelpWindow(QWidget* parent)
    : QDialog(parent)
    , pages_(document_pages())
    , contents_(new QListWidget(this))
    , browser_(new DocumentBrowser(this))
    , find_(new FindBar(this))
    , finder_(*browser_)
{
    setObjectName(QStringLiteral("helpWindow"));
    setWindowTitle(tr("Documents"));
    contents_->setObjectName(QStringLiteral("helpContents"));
    contents_->setWordWrap(true);
    contents_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
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
    connect(browser_, &QTextBrowser::sourceChanged, this, [this] {
        if (!find_->isHidden())
            look_again();
    });
    find_->hide();
    connect(find_, &FindBar::typed, this, [this] {
        finder_.go_to(find_->text());
        search_all();
    });
    connect(find_, &FindBar::all_changed, this, &HelpWindow::search_all);
    connect(find_, &FindBar::step_requested, this, &HelpWindow::step);
    connect(find_, &FindBar::close_requested, this, &HelpWindow::close_search);

    auto* bar = new QHBoxLayout;
    const auto add_button = [&](const QString& text, const QKeySequence& keys, auto does) {
        auto* button = new QToolButton(this);
        button->setText(text);
        button->setToolTip(keys.toString(QKeySequence::NativeText));
        connect(button, &QToolButton::clicked, browser_, does);
        connect(new QShortcut(keys, this), &QShortcut::activated, browser_, does);
        bar->addWidget(button);
        return button;
    };
    QToolButton* back
        = add_button(tr("Back"), QKeySequence(Qt::ALT | Qt::Key_Left), &QTextBrowser::backward);
    QToolButton* forward
        = add_button(tr("Forward"), QKeySequence(Qt::ALT | Qt::Key_Right), &QTextBrowser::forward);
    add_button(tr("Find"), QKeySequence(QKeySequence::Find), [this] {
        find_->begin();
        look_again();
    });
    back->setEnabled(false);
    forward->setEnabled(false);
    const auto add_step = [&](const QKeySequence& keys, bool forward_step) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, [this, forward_step] {
            if (find_->isHidden()) {
                find_->begin();
                look_again();
            }
            step(forward_step);
        });
    };
    add_step(QKeySequence(Qt::Key_F3), true);
    add_step(QKeySequence(Qt::SHIFT | Qt::Key_F3), false);
    connect(browser_, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    connect(browser_, &QTextBrowser::forwardAvailable, forward, &QWidget::setEnabled);
    bar->addStretch();

    auto* halves = new QSplitter(this);
    halves->addWidget(contents_);
    auto* right = new QWidget(this);
    auto* page_column = new QVBoxLayout(right);
    page_column->setContentsMargins(0, 0, 0, 0);
    page_column->addWidget(browser_, 1);
    page_column->addWidget(find_);
    halves->addWidget(right);
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

/// Escape closes the search before it closes the window.
void HelpWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !find_->isHidden())
        close_search();
    else
        QDialog::keyPressEvent(event);
}

void HelpWindow::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        finder_.paint();
}

void HelpWindow::close_search()
{
    find_->hide();
    finder_.look_for({});
    search_all();
    browser_->setFocus();
}

/// On a page that was chosen otherwise than by the search, which then scrolls nothing.
void HelpWindow::look_again()
{
    finder_.look_for(find_->text());
    search_all();
}

/// Past a page's last place comes the first of the next page that has one, where all are searched,
/// else that of the same page.
void HelpWindow::step(bool forward)
{
    if (!finder_.step(forward)) {
        const int pages = static_cast<int>(found_.size());
        const int here = contents_->currentRow();
        for (int i = 1; i < pages; ++i) {
            const int row = (here + (forward ? i : pages - i)) % pages;
            if (found_[static_cast<std::size_t>(row)] == 0)
                continue;
            contents_->setCurrentRow(row);
            break;
        }
        finder_.go_to_end(!forward);
    }
    show_found();
}

/// The contents list the pages that have the text, and how often, while all are searched; else all
/// of them.
void HelpWindow::search_all()
{
    const bool all = !find_->isHidden() && find_->in_all() && !find_->text().isEmpty();
    found_.clear();
    if (all && texts_.isEmpty()) {
        if (!reading_texts_) {
            reading_texts_ = true;
            in_background(
                this, [pages = pages_] { return plain_texts(pages); },
                [this](const QStringList& texts) {
                    reading_texts_ = false;
                    texts_ = texts;
                    search_all();
                },
                [this](const QString&) { reading_texts_ = false; });
        }
    } else if (all) {
        for (const QString& text : texts_)
            found_.push_back(occurrences(text, find_->text()));
    }
    for (int row = 0; row < contents_->count(); ++row) {
        const auto index = static_cast<std::size_t>(row);
        const int found = found_.empty() ? 0 : found_[index];
        QListWidgetItem* item = contents_->item(row);
        item->setHidden(!found_.empty() && found == 0);
        item->setText(found == 0 ? pages_[index].title
                                 : tr("%1 (%2)", "title of a page, how often a text stands on it")
                                       .arg(pages_[index].title)
                                       .arg(found));
    }
    show_found();
}

void HelpWindow::show_found()
{
    const int everywhere = std::accumulate(found_.begin(), found_.end(), 0);
    const bool found = finder_.count() > 0 || everywhere > 0;
    if (find_->text().isEmpty()) {
        find_->show_result({}, true);
        return;
    }
    QString sentence = tr("Not found");
    if (finder_.count() > 0 && finder_.current() >= 0)
        sentence = tr("%1 of %2", "the first, second, … of so many places")
                       .arg(finder_.current() + 1)
                       .arg(finder_.count());
    else if (finder_.count() > 0)
        sentence = tr("%n place(s)", nullptr, finder_.count());
    else if (everywhere > 0)
        sentence = tr("Not on this page");
    if (!found_.empty() && everywhere > finder_.count())
        sentence = tr("%1; %n in all documents", nullptr, everywhere).arg(sentence);
    find_->show_result(sentence, found);
}

} // namespace circuitloom::ui
