#include "ui/export/export_dialog.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "ui/export/export_form.h"
#include "ui/export/film_job.h"
#include "ui/export/page_preview.h"
#include "ui/export/plot_row.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QStandardPaths>
#include <QStyle>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

using Kind = ExportChoices::Kind;

constexpr int preview_delay = 60; // milliseconds

QString file_name(const QString& text)
{
    QString name = text;
    for (QChar& letter : name) {
        if (!letter.isLetterOrNumber() && letter != u'-' && letter != u'_')
            letter = u'-';
    }
    return name;
}

// Where the last export went, else where pictures are kept.
QString folder_for(const ExportChoices& choices)
{
    for (const QString& folder :
        { choices.folder, QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) }) {
        if (!folder.isEmpty() && QFileInfo::exists(folder))
            return folder;
    }
    return QDir::homePath();
}

QString time_text(double seconds)
{
    return ExportDialog::tr("%1 left").arg(QString::fromStdString(duration(seconds)));
}

} // namespace

ExportDialog::ExportDialog(ExportSource source, QWidget* parent)
    : QDialog(parent)
    , source_(std::move(source))
    , scenes_(source_.file, RunId{ source_.origin.run }, source_.look)
{
    build();
    preview_soon_.setSingleShot(true);
    preview_soon_.setInterval(preview_delay);
    connect(&preview_soon_, &QTimer::timeout, this, &ExportDialog::refresh_preview);
    connect(form_, &ExportForm::changed, this, &ExportDialog::show_form);
    connect(moment_, &QSlider::valueChanged, this, [this] { preview_soon_.start(); });
    form_->set_title(QString::fromStdString(source_.origin.name));
    if (!source_.view.isEmpty())
        form_->set_window_size(source_.view);
    form_->set_choices(read_export_choices(QSettings()));
    show_state();
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::choose_kind(ExportChoices::Kind kind)
{
    ExportChoices choices = form_->choices();
    choices.kind = kind;
    form_->set_choices(choices);
}

void ExportDialog::choose_range(int from, int to)
{
    form_->set_range(from, to);
}

QString ExportDialog::file() const
{
    return file_->text().trimmed();
}

void ExportDialog::set_file(const QString& file)
{
    file_->setText(QDir::toNativeSeparators(file));
    named_by_user_ = true;
}

void ExportDialog::show_form()
{
    const ExportChoices& choices = form_->choices();
    const QString& format = choices.format();
    if (named_by_user_) {
        // Only what says the format changes in a name that the user gave.
        const QFileInfo info(file());
        QString name = info.completeBaseName();
        name.remove(QStringLiteral("-%04d")).remove(QStringLiteral("%04d"));
        const bool numbered = format.startsWith(u'%');
        file_->setText(info.path() + u'/' + name
            + (numbered ? (name.isEmpty() ? QString() : QStringLiteral("-")) : QStringLiteral("."))
            + format);
    } else {
        const QString folder = folder_for(choices);
        QString name = file_name(QString::fromStdString(source_.origin.name));
        if (choices.kind == Kind::curves)
            name += QStringLiteral("-curves.");
        else if (choices.kind == Kind::film)
            name += format.startsWith(u'%') ? QStringLiteral("/") : QStringLiteral("-film.");
        else
            name += QStringLiteral("-iteration-%1.").arg(source_.iteration);
        file_->setText(QDir::toNativeSeparators(folder + u'/' + name + format));
    }
    const bool film = choices.kind == Kind::film;
    moment_->setRange(0, film ? frame_count(form_->settings().script) - 1 : 0);
    moment_->setVisible(film);
    moment_text_->setVisible(film);
    preview_soon_.start();
    say({}, false);
    show_state();
}

ExportSource ExportDialog::chosen_source() const
{
    ExportSource source = source_;
    if (!form_->as_zoomed()) {
        source.camera = {};
        source.view = {};
    }
    return source;
}

PicturePage ExportDialog::preview_page()
{
    ExportSettings settings = form_->settings();
    ExportSource source = chosen_source();
    if (form_->choices().kind == Kind::curves)
        return curves_of(source, settings);
    if (form_->choices().kind == Kind::circuit)
        return picture_of(source, settings, scenes_);
    const double position = position_at(settings.script, moment_->value());
    source.iteration = static_cast<int>(position);
    const int step = source.steps.at(static_cast<std::size_t>(source.iteration));
    PageOptions options = settings.page;
    if (settings.stamped)
        options.stamp = iteration_stamp(source.iteration, step);
    PicturePage page
        = circuit_page({ scenes_.between(position), source.camera, source.view, source.highlight },
            source.theme, options);
    if (!page.curves_area.isEmpty())
        page.curves = curves_picture(
            source.curves, source.theme, page.curves_area.size(), options.curves, step);
    moment_text_->setText(tr("%1 s").arg(
        moment_->value() / static_cast<double>(settings.script.frames_per_second), 0, 'f', 1));
    return page;
}

void ExportDialog::refresh_preview()
{
    if (is_data(form_->choices().format())) {
        preview_->show_sentence(form_->choices().kind == Kind::curves
                ? tr("Every point of every curve as a line of numbers.")
                : tr("The edges that the circuit shows, with their scores."));
        return;
    }
    try {
        preview_->show_page(preview_page());
    } catch (const Error& error) {
        preview_->show_sentence(QString::fromStdString(error.what()));
    }
}

void ExportDialog::choose_file()
{
    const QString format = form_->choices().format();
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Export to"), file(),
        tr("%1 files (*.%2);;All files (*)").arg(format.toUpper(), format.section(u'.', -1)),
        nullptr, QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        set_file(chosen);
}

void ExportDialog::write()
{
    const QString to = file();
    const ExportChoices choices = form_->choices();
    if (!to.contains(u'%') && QFileInfo::exists(to)
        && QMessageBox::question(this, tr("Replace the file?"),
               tr("%1 is there already.").arg(QFileInfo(to).fileName()),
               QMessageBox::Save | QMessageBox::Cancel)
            != QMessageBox::Save)
        return;
    ExportChoices kept = choices;
    kept.folder = QFileInfo(choices.film_format.startsWith(u'%') && choices.kind == Kind::film
            ? QFileInfo(to).path()
            : to)
                      .path();
    QSettings settings;
    write_export_choices(settings, kept);
    if (choices.kind == Kind::film) {
        start_film(to);
        return;
    }
    try {
        if (choices.kind == Kind::curves)
            export_curves(to, chosen_source(), form_->settings());
        else
            export_circuit(to, chosen_source(), form_->settings());
    } catch (const Error& error) {
        say(QString::fromStdString(error.what()), true);
        return;
    }
    say(tr("Written to %1").arg(to), false);
    Q_EMIT exported(to);
}

void ExportDialog::start_film(const QString& to)
{
    job_ = std::make_unique<FilmJob>(
        to, film_of(chosen_source(), form_->settings()), source_.curves);
    connect(job_.get(), &FilmJob::progressed, this, [this](int frames, int of) {
        progress_->setRange(0, of);
        progress_->setValue(frames);
        const double seconds = static_cast<double>(working_for_.elapsed()) / 1000;
        say(tr("%1 of %2 frames, %3")
                .arg(frames)
                .arg(of)
                .arg(time_text(seconds / frames * (of - frames))),
            false);
    });
    connect(job_.get(), &FilmJob::finished, this, [this](const QString& file, const QString& note) {
        end_film(note.isEmpty() ? tr("Written to %1").arg(file) : note, false);
        Q_EMIT exported(file);
    });
    connect(job_.get(), &FilmJob::failed, this,
        [this](const QString& sentence) { end_film(sentence, true); });
    connect(job_.get(), &FilmJob::cancelled, this,
        [this] { end_film(tr("Cancelled; there is no file."), false); });
    progress_->setRange(0, 0);
    working_for_.start();
    job_->start();
    show_state();
}

void ExportDialog::end_film(const QString& sentence, bool failed)
{
    job_.release()->deleteLater(); // it is its signal that led here
    say(sentence, failed);
    show_state();
}

void ExportDialog::copy()
{
    try {
        QGuiApplication::clipboard()->setMimeData(
            page_for_clipboard(preview_page(), form_->settings(),
                form_->choices().kind == Kind::curves ? CircuitLook() : source_.look));
        say(tr("Copied as a bitmap and as SVG."), false);
    } catch (const Error& error) {
        say(QString::fromStdString(error.what()), true);
    }
}

void ExportDialog::show_state()
{
    const bool busy = working();
    form_->setEnabled(!busy);
    file_->setEnabled(!busy);
    choose_->setEnabled(!busy);
    copy_->setEnabled(!busy && !is_data(form_->choices().format()));
    progress_->setVisible(busy);
    export_->setText(busy ? tr("Canc&el") : tr("&Export"));
    export_->setToolTip(
        busy ? tr("Stops; nothing is left of the film") : tr("Writes the file (Return)"));
    close_->setEnabled(!busy);
}

void ExportDialog::say(const QString& sentence, bool failed)
{
    message_->setText(sentence);
    message_->setProperty("error", failed);
    message_->style()->unpolish(message_);
    message_->style()->polish(message_);
}

void ExportDialog::reject()
{
    if (job_) {
        job_->cancel();
        return;
    }
    QDialog::reject();
}

} // namespace circuitloom::ui
