#include "ui/export/replace_question.h"

#include "ui/video/film_writer.h"
#include "ui/video/numbered_frames.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ReplaceQuestion)
};

} // namespace

QStringList files_there(const QString& file, bool is_film)
{
    if (is_film && film_format_of(file) == FilmFormat::frames)
        return frames_there(file);
    return QFileInfo::exists(file) ? QStringList(file) : QStringList();
}

bool may_replace(QWidget& parent, const QStringList& files)
{
    const bool one = files.size() == 1;
    const QString first = QFileInfo(files.front()).fileName();
    QMessageBox box(QMessageBox::Question,
        one ? Words::tr("Replace the file?") : Words::tr("Replace the files?"),
        one ? Words::tr("%1 is there already.").arg(first)
            : Words::tr("%1 files of such names are there already, %2 to %3.")
                  .arg(QString::number(files.size()), first, QFileInfo(files.back()).fileName()),
        QMessageBox::NoButton, &parent);
    box.setTextFormat(Qt::PlainText);
    const QPushButton* replace
        = box.addButton(Words::tr("Replace"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    return box.clickedButton() == replace;
}

QString cancelled_text(const QString& file)
{
    const qsizetype there = files_there(file, true).size();
    return there > 1 ? Words::tr("Cancelled; the files that were there are unchanged.")
        : there == 1 ? Words::tr("Cancelled; the file that was there is unchanged.")
                     : Words::tr("Cancelled; there is no file.");
}

} // namespace circuitloom::ui
