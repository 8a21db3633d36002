#include "ui/export/export_dialog.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "ui/base/file_path.h"
#include "ui/export/data_sentence.h"
#include "ui/export/export_files.h"
#include "ui/export/export_form.h"
#include "ui/export/export_preview.h"
#include "ui/export/film_job.h"
#include "ui/export/plot_row.h"
#include "ui/export/replace_question.h"
#include "ui/export/run_data_job.h"
#include "ui/theme/text_scale.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

#include <cmath>
#include <memory>
#include <utility>

namespace circuitloom::ui {

namespace {

using Kind = ExportChoices::Kind;

constexpr int preview_delay = 60; // milliseconds
constexpr int form_width = 420; // pixels, where the screen has room
constexpr int least_form_width = 300;

QString time_text(double seconds)
{
    return ExportDialog::tr("%1 left").arg(QString::fromStdString(duration(seconds)));
}

QString reading_ages_text()
{
    return ExportDialog::tr("Reading how old the edges are…");
}

} // namespace

ExportDialog::ExportDialog(ExportSource source, QWidget* parent)
    : QDialog(parent)
    , source_(std::move(source))
    , scenes_(source_.file, RunId{ source_.origin.run }, source_.look)
    , form_(new ExportForm(static_cast<int>(source_.steps.size()), source_.camera.zoom > 1, this))
    , preview_(new ExportPreview(this))
    , bar_(new ExportBar(this))
    , job_(*bar_, [this] { show_state(); })
    , data_job_(*bar_, [this] { show_state(); })
{
    arrange();
    preview_soon_.setSingleShot(true);
    preview_soon_.setInterval(preview_delay);
    connect(&preview_soon_, &QTimer::timeout, this, &ExportDialog::refresh_preview);
    connect(form_, &ExportForm::changed, this, &ExportDialog::follow_form);
    connect(preview_, &ExportPreview::frame_chosen, this, [this] { preview_soon_.start(); });
    connect(bar_, &ExportBar::browse_requested, this, &ExportDialog::choose_file);
    connect(bar_, &ExportBar::named, this, &ExportDialog::follow_name);
    connect(bar_, &ExportBar::copy_requested, this, &ExportDialog::copy);
    connect(bar_, &ExportBar::close_requested, this, &ExportDialog::reject);
    connect(bar_, &ExportBar::export_requested, this, [this] {
        if (!cancel())
            write();
    });
    form_->set_title(QString::fromStdString(source_.origin.name));
    if (!source_.view.isEmpty())
        form_->set_window_size(source_.view);
    form_->set_choices(read_export_choices(QSettings()));
    show_state();
}

ExportDialog::~ExportDialog()
{
    stop_reading_.request_stop();
}

// On the left what is asked, on the right what comes out, below where it goes.
void ExportDialog::arrange()
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    form_->setMaximumWidth(scaled(form_width));
    // On a small screen the form scrolls, and the bar below stays in sight.
    auto* left = new QScrollArea(this);
    left->setFrameShape(QFrame::NoFrame);
    left->setFocusPolicy(Qt::NoFocus);
    left->setMinimumWidth(least_form_width);
    left->setMaximumWidth(scaled(form_width) + 14); // and the scroll bar
    left->setWidgetResizable(true);
    left->setWidget(form_);
    auto* halves = new QHBoxLayout;
    halves->setSpacing(18);
    halves->addWidget(left, 2); // as far as it needs
    halves->addWidget(preview_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 14, 18, 14);
    column->setSpacing(12);
    column->addLayout(halves, 1);
    column->addWidget(bar_);
    resize(scaled(QSize(980, 580)));
}

void ExportDialog::choose_kind(ExportChoices::Kind kind)
{
    ExportChoices choices = form_->choices();
    choices.kind = kind;
    form_->set_choices(choices);
}

void ExportDialog::follow_file(const QString& from, const QString& to)
{
    if (source_.file == path_of(from))
        source_.file = path_of(to);
}

void ExportDialog::choose_range(int from, int to)
{
    form_->set_range(from, to);
}

QString ExportDialog::file() const
{
    return bar_->file();
}

void ExportDialog::set_file(const QString& file)
{
    bar_->set_file(file);
}

void ExportDialog::follow_form()
{
    const ExportChoices& choices = form_->choices();
    const bool named_so = format_of_name(file(), choices.kind) == choices.format();
    if (!bar_->named_by_user() || !named_so)
        bar_->propose_file(bar_->named_by_user()
                ? with_format(file(), choices.format())
                : proposed_file(choices, source_.file, QString::fromStdString(source_.origin.name),
                    source_.iteration));
    preview_->set_frames(choices.kind == Kind::film ? frame_count(form_->settings().script) : 0);
    preview_soon_.start();
    bar_->say({}, false);
    show_state();
}

// A name that ends as a format does chooses that format.
void ExportDialog::follow_name()
{
    ExportChoices choices = form_->choices();
    const QString format = format_of_name(file(), choices.kind);
    if (format.isEmpty() || format == choices.format() || choices.format().startsWith(u'%'))
        return;
    choices.set_format(format);
    form_->set_choices(choices);
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
    const double position = position_at(settings.script, preview_->frame());
    source.iteration = static_cast<int>(position);
    const int step = source.steps.at(static_cast<std::size_t>(source.iteration));
    PageOptions options = film_of(source, settings).page;
    if (settings.stamped)
        options.stamp = picture_stamp(source.iteration, step, scenes_.shown_count(source.iteration),
            scenes_.edge_count(source.iteration));
    PicturePage page
        = circuit_page({ scenes_.between(position), source.camera, source.view, source.highlight },
            source.theme, options);
    add_curves(page, source.curves, source.theme, options.curves, step);
    preview_->show_time(preview_->frame() / static_cast<double>(settings.script.frames_per_second));
    return page;
}

int ExportDialog::previewed_iteration() const
{
    if (form_->choices().kind != Kind::film)
        return source_.iteration;
    return static_cast<int>(std::ceil(position_at(form_->settings().script, preview_->frame())));
}

bool ExportDialog::ages_are_known()
{
    const Kind kind = form_->choices().kind;
    const int last = previewed_iteration();
    if ((kind != Kind::circuit && kind != Kind::film) || scenes_.knows_ages(last))
        return true;
    if (std::exchange(reading_ages_, true))
        return false;
    const std::shared_ptr<const EdgeAges> known = scenes_.look().ages;
    background_.run(
        this,
        [file = source_.file, run = RunId{ source_.origin.run }, known, last,
            stop = stop_reading_.get_token()] {
            auto ages = known ? std::make_shared<EdgeAges>(*known) : std::make_shared<EdgeAges>();
            read_ages(*ages, ExperimentReader(file), run, last, stop);
            return std::shared_ptr<const EdgeAges>(std::move(ages));
        },
        [this](const std::shared_ptr<const EdgeAges>& ages) {
            reading_ages_ = false;
            source_.look.ages = ages;
            scenes_.take_ages(ages);
            if (!working())
                bar_->say({}, false);
            refresh_preview();
        },
        [this](const QString& sentence) {
            reading_ages_ = false;
            preview_->show_sentence(sentence);
        });
    return false;
}

void ExportDialog::refresh_preview()
{
    if (is_data(form_->choices().format())) {
        preview_->show_sentence(data_sentence(form_->choices()));
        return;
    }
    if (!ages_are_known()) {
        preview_->show_sentence(reading_ages_text());
        return;
    }
    try {
        PicturePage page = preview_page();
        form_->show_page(page.drawing.size, page.curves_scale);
        preview_->show_page(std::move(page));
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
    if (choices.kind == Kind::circuit && !ages_are_known()) {
        bar_->say(reading_ages_text(), true);
        return;
    }
    QStringList there;
    std::filesystem::path target;
    try {
        if (choices.kind == Kind::run)
            target = run_data_target(source_.file, RunId{ source_.origin.run },
                run_data_format(choices.run_format), path_of(to));
        there = files_there(
            target.empty() ? to : file_text(target.string()), choices.kind == Kind::film);
    } catch (const Error& error) {
        bar_->say(QString::fromStdString(error.what()), true);
        return;
    }
    if (!there.isEmpty() && !may_replace(*this, there))
        return;
    ExportChoices kept = choices;
    kept.folder = folder_of_export(to, choices);
    QSettings settings;
    write_export_choices(settings, kept);
    if (choices.kind == Kind::film)
        return start_film(to);
    if (choices.kind == Kind::run)
        return start_run_data(target, to);
    try {
        if (choices.kind == Kind::curves)
            export_curves(to, chosen_source(), form_->settings());
        else
            export_circuit(to, chosen_source(), form_->settings());
    } catch (const Error& error) {
        bar_->say(QString::fromStdString(error.what()), true);
        return;
    }
    bar_->say(tr("Written to %1").arg(to), false);
    Q_EMIT exported(to);
}

void ExportDialog::start_film(const QString& to)
{
    auto job = std::make_unique<FilmJob>(
        to, film_of(chosen_source(), form_->settings()), source_.curves);
    connect(job.get(), &FilmJob::finished, this, [this](const QString& file, const QString& note) {
        job_.end(note.isEmpty() ? tr("Written to %1").arg(file) : note, false);
        Q_EMIT exported(file);
    });
    working_for_.start();
    job_.start(
        std::move(job), to, {}, [this](int frames, int of) { return progress_text(frames, of); });
}

void ExportDialog::start_run_data(const std::filesystem::path& target, const QString& to)
{
    auto job = std::make_unique<RunDataJob>(source_.file, RunId{ source_.origin.run },
        run_data_format(form_->choices().run_format), target);
    connect(job.get(), &RunDataJob::finished, this, [this, to] {
        data_job_.end(tr("Written to %1").arg(to), false);
        Q_EMIT exported(to);
    });
    working_for_.start();
    data_job_.start(std::move(job), to, tr("Reading the run…"), [this](int rows, int of) {
        const double seconds = static_cast<double>(working_for_.elapsed()) / 1000;
        return tr("%1 of %2 rows, %3")
            .arg(rows)
            .arg(of)
            .arg(time_text(rows > 0 ? seconds / rows * (of - rows) : 0));
    });
}

bool ExportDialog::cancel()
{
    const bool film = job_.cancel();
    return data_job_.cancel() || film;
}

QString ExportDialog::progress_text(int frames, int of) const
{
    const double seconds = static_cast<double>(working_for_.elapsed()) / 1000;
    return tr("%1 of %2 frames, %3")
        .arg(frames)
        .arg(of)
        .arg(time_text(seconds / frames * (of - frames)));
}

void ExportDialog::copy()
{
    if (!ages_are_known()) {
        bar_->say(reading_ages_text(), true);
        return;
    }
    try {
        QGuiApplication::clipboard()->setMimeData(
            page_for_clipboard(preview_page(), form_->settings(),
                form_->choices().kind == Kind::curves ? CircuitLook() : source_.look));
        bar_->say(tr("Copied as a bitmap and as SVG."), false);
    } catch (const Error& error) {
        bar_->say(QString::fromStdString(error.what()), true);
    }
}

void ExportDialog::show_state()
{
    form_->setEnabled(!working());
    bar_->set_state(working(), !is_data(form_->choices().format()));
}

void ExportDialog::reject()
{
    if (!cancel())
        QDialog::reject();
}

} // namespace circuitloom::ui
