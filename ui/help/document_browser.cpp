#include "ui/help/document_browser.h"

#include "ui/help/documents.h"

#include <QAbstractTextDocumentLayout>
#include <QImage>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int widest_picture = 900; // pixels
constexpr int margin = 24;

} // namespace

DocumentBrowser::DocumentBrowser(QWidget* parent)
    : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("documentBrowser"));
    setOpenExternalLinks(true);
    document()->setDocumentMargin(margin);
}

QVariant DocumentBrowser::loadResource(int type, const QUrl& name)
{
    const QVariant loaded = QTextBrowser::loadResource(type, name);
    if (name.path().endsWith(QStringLiteral(".md")))
        return without_html(QString::fromUtf8(loaded.toByteArray())).toUtf8();
    if (type != QTextDocument::ImageResource)
        return loaded;
    const int width = std::min(widest_picture, viewport()->width() - 3 * margin);
    const QImage picture = QImage::fromData(loaded.toByteArray());
    if (picture.isNull() || width <= 0 || picture.width() <= width)
        return picture.isNull() ? loaded : QVariant(picture);
    return picture.scaledToWidth(width, Qt::SmoothTransformation);
}

void DocumentBrowser::doSetSource(const QUrl& name, QTextDocument::ResourceType type)
{
    QTextBrowser::doSetSource(name, type);
    if (name.hasFragment())
        show_heading(name.fragment());
}

// Markdown has no anchors of its own.
void DocumentBrowser::show_heading(const QString& anchor)
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0 || anchor_of(block.text()) != anchor)
            continue;
        const QRectF place = document()->documentLayout()->blockBoundingRect(block);
        verticalScrollBar()->setValue(qRound(place.top()));
        return;
    }
}

} // namespace circuitloom::ui
