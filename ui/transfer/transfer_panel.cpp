#include "ui/transfer/transfer_panel.h"

#include "core/base/number_text.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"
#include "ui/panels/count_field.h"
#include "ui/transfer/graft_chart.h"
#include "ui/transfer/matrix_view.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <variant>

namespace circuitloom::ui {

namespace {

const QString asker = QStringLiteral("transfer");
constexpr int usual_iterations = 8;
constexpr int most_iterations = 64;
constexpr int usual_draws = 5;
constexpr int most_draws = 50;
constexpr int figures_at_once = 8; ///< so that other questions have their turn

bool is_same_run(const std::optional<ShownPlace>& a, const std::optional<ShownPlace>& b)
{
    return a && b ? a->file == b->file && a->run == b->run : !a && !b;
}

} // namespace

TransferPanel::TransferPanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , kind_(new QComboBox(this))
    , iterations_(count_field(QStringLiteral("transferIterations"), usual_iterations,
          most_iterations, tr("none"), this))
    , draws_(
          count_field(QStringLiteral("transferDraws"), usual_draws, most_draws, tr("none"), this))
    , button_(new QPushButton(this))
    , state_(new QLabel(this))
    , faithfulness_(new MatrixView(this))
    , likeness_(new MatrixView(this))
    , measure_(new QComboBox(this))
    , chart_(new GraftChart(this))
    , pointed_(new QLabel(this))
{
    build();
    connect(kind_, &QComboBox::currentIndexChanged, this, &TransferPanel::show_all);
    connect(measure_, &QComboBox::currentIndexChanged, this, &TransferPanel::show_graft);
    connect(iterations_, &QSpinBox::valueChanged, this, &TransferPanel::show_button);
    connect(draws_, &QSpinBox::valueChanged, this, &TransferPanel::show_button);
    connect(button_, &QPushButton::clicked, this, &TransferPanel::press);
    connect(chart_, &GraftChart::pointed_at, pointed_, &QLabel::setText);
    for (MatrixView* matrix : { faithfulness_, likeness_ }) {
        connect(matrix, &MatrixView::pointed_at, pointed_, &QLabel::setText);
        connect(matrix, &MatrixView::opened, this, [this, matrix](std::size_t, std::size_t column) {
            context_.go_to(matrix->content().columns[column]);
        });
    }
    connect(&context_, &PanelContext::place_changed, this, &TransferPanel::follow_place);
    const auto take_theme = [this] {
        faithfulness_->set_theme(context_.theme());
        likeness_->set_theme(context_.theme());
        chart_->set_theme(context_.theme());
        show_graft();
    };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
    follow_place();
}

void TransferPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    follow_place();
}

bool TransferPanel::grafts() const
{
    return kind_->currentIndex() == 1;
}

void TransferPanel::follow_place()
{
    const std::optional<ShownPlace> place = context_.place();
    if (!is_same_run(place, of_)) {
        if (running_)
            stop({});
        asked_.reset();
        studies_ = {};
        of_.reset();
        if (place && isVisible()) {
            of_ = place;
            read_stored(*place);
        }
    }
    show_all();
}

void TransferPanel::read_stored(const ShownPlace& place)
{
    in_background(
        this, [file = path_of(place.file), run = place.run] { return read_studies(file, run); },
        [this, place](const RunStudies& studies) {
            if (!is_same_run(of_, place) || running_ || asked_)
                return;
            studies_ = studies;
            show_all();
        },
        [this, place](const QString& sentence) {
            if (is_same_run(of_, place) && !running_)
                state_->setText(sentence);
        });
}

std::optional<StudyQuestion> TransferPanel::question(const ShownPlace& place) const
{
    const RunHistory* run = context_.run();
    const int iterations = run ? static_cast<int>(run->iterations.size()) : 0;
    if (iterations == 0)
        return std::nullopt;
    StudyQuestion question;
    question.file = path_of(place.file);
    question.run = place.run;
    question.cells = figures_at_once;
    if (grafts()) {
        question.study
            = GraftStudy{ iterations - 1, -1, false, usual_graft_shares(), draws_->value() };
        return question;
    }
    const std::vector<int> some = evenly_chosen(iterations, iterations_->value());
    if (some.empty())
        return std::nullopt;
    question.study = TransferStudy{ some, some, draws_->value(), 0 };
    return question;
}

void TransferPanel::press()
{
    if (running_) {
        stop(tr("Stopped; what is there is stored."));
        return;
    }
    const std::optional<ShownPlace> place = context_.place();
    asked_ = place ? question(*place) : std::nullopt;
    if (!asked_)
        return;
    of_ = place;
    running_ = true;
    first_done_ = -1;
    ask_next();
}

void TransferPanel::ask_next()
{
    show_button();
    state_->setText(tr("Waiting for the engine"));
    state_->show();
    context_.ask(*this, asker, *asked_,
        { [this](const Answer& answer) { take(std::get<StudyAnswer>(answer)); },
            [this](const QString& sentence) { stop(sentence); },
            [this](const QString& what, int done, int total) { tell(what, done, total); } });
}

void TransferPanel::tell(const QString& what, int done, int total)
{
    if (first_done_ < 0) {
        first_done_ = done;
        since_.start();
    }
    QString text = tr("%1 of %2 figures · %3").arg(done).arg(total).arg(what);
    if (done > first_done_) {
        constexpr double milliseconds = 1000;
        const double each
            = static_cast<double>(since_.elapsed()) / milliseconds / (done - first_done_);
        text += tr(" · %1 left").arg(QString::fromStdString(duration(each * (total - done))));
    }
    state_->setText(text);
}

void TransferPanel::take(const StudyAnswer& answer)
{
    if (const auto* transfer = std::get_if<TransferStudy>(&answer.study)) {
        const bool is_new = !studies_.transfer || studies_.transfer->study != *transfer;
        studies_.transfer = { *transfer, answer.figures };
        if (is_new) {
            studies_.likeness = {};
            take_likeness(*transfer);
        }
    } else if (const auto* graft = std::get_if<GraftStudy>(&answer.study)) {
        studies_.graft = { *graft, answer.figures };
    }
    if (answer.done < answer.total) {
        show_all();
        ask_next();
        return;
    }
    running_ = false;
    asked_.reset();
    state_->clear();
    show_all();
}

void TransferPanel::take_likeness(const TransferStudy& study)
{
    in_background(
        this,
        [file = path_of(of_->file), run = of_->run, study] {
            return read_likeness(file, run, study);
        },
        [this, study](const CircuitLikeness& likeness) {
            if (!studies_.transfer || studies_.transfer->study != study)
                return;
            studies_.likeness = likeness;
            show_transfer();
        },
        [this](const QString& sentence) { state_->setText(sentence); });
}

void TransferPanel::stop(const QString& why)
{
    context_.forget(asker);
    running_ = false;
    show_all();
    state_->setText(why);
    state_->setVisible(!why.isEmpty());
}

void TransferPanel::show_all()
{
    const std::optional<ShownPlace> place = context_.place();
    if (!running_) {
        if (!place)
            state_->setText(
                tr("Open an experiment, or run the demo: then it is computed here whether its "
                   "circuits work at other iterations, and which part of the change did what."));
        else if (!grafts() && !studies_.transfer)
            state_->setText(
                tr("Does the circuit of one iteration work in the model of another? Compute it for "
                   "some of them, random circuits beside each."));
        else if (grafts() && !studies_.graft)
            state_->setText(
                tr("How little of the run's change carries what it learnt, and what it lost? The "
                   "strongest share of it alone is laid over the untouched model."));
        else
            state_->clear();
    }
    state_->setVisible(!state_->text().isEmpty());
    show_transfer();
    show_graft();
    show_button();
}

void TransferPanel::show_transfer()
{
    const bool shown = !grafts() && studies_.transfer;
    faithfulness_->setVisible(shown);
    likeness_->setVisible(shown);
    iterations_->parentWidget()->setVisible(!grafts());
    pointed_->setVisible(shown || (grafts() && studies_.graft));
    if (!shown)
        return;
    faithfulness_->set_content(faithfulness_content(*studies_.transfer));
    likeness_->set_content(likeness_content(*studies_.transfer, studies_.likeness));
}

void TransferPanel::show_graft()
{
    const bool shown = grafts() && studies_.graft;
    measure_->setVisible(shown);
    chart_->setVisible(shown);
    if (!shown)
        return;
    const auto measures = graft_measures(*studies_.graft);
    {
        const QSignalBlocker blocker(measure_);
        const QString chosen = measure_->currentText();
        measure_->clear();
        for (const auto& measure : measures)
            measure_->addItem(measure_title(measure));
        measure_->setCurrentIndex(std::max(0, measure_->findText(chosen)));
    }
    const auto index = static_cast<std::size_t>(std::max(0, measure_->currentIndex()));
    chart_->set_content(index < measures.size()
            ? graft_content(*studies_.graft, measures[index], context_.theme())
            : GraftChart::Content());
}

void TransferPanel::show_button()
{
    const std::optional<ShownPlace> place = context_.place();
    const std::optional<StudyQuestion> now = place ? question(*place) : std::nullopt;
    bool begun = false;
    if (now && !grafts() && studies_.transfer
        && std::get<TransferStudy>(now->study) == studies_.transfer->study) {
        const auto [there, total] = cells_there(*studies_.transfer);
        begun = there < total;
    } else if (now && asked_) {
        begun = asked_->study == now->study; // stopped
    }
    button_->setEnabled(running_ || (now && place->graph));
    button_->setText(running_ ? tr("Stop") : begun ? tr("Go on") : tr("Compute"));
}

} // namespace circuitloom::ui
