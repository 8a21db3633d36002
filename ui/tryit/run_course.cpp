#include "ui/tryit/run_course.h"

#include "ui/curves/plot_widget.h"
#include "ui/panels/coarse_to_fine.h"
#include "ui/panels/share_course.h"
#include "ui/theme/text_scale.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace circuitloom::ui {

namespace {

const QString course_asker = QStringLiteral("try it, over the run");
constexpr int margin = 16;

} // namespace

RunCourse::RunCourse(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , button_(new QPushButton(this))
    , state_(new QLabel(this))
    , plot_(new PlotWidget(this))
{
    button_->setObjectName(QStringLiteral("tryItCourse"));
    state_->setObjectName(QStringLiteral("tryItCourseState"));
    state_->setProperty("dim", true);
    state_->setTextFormat(Qt::PlainText); // words from files come through it
    state_->setWordWrap(true);
    plot_->setObjectName(QStringLiteral("tryItCoursePlot"));
    plot_->setAccessibleName(tr("Probability of target and alternative over the run"));
    follow_text_scale(*plot_, [this] { plot_->setFixedHeight(scaled(150)); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, 0, margin, 0);
    column->setSpacing(6);
    column->addWidget(button_);
    column->addWidget(state_);
    column->addWidget(plot_);

    connect(button_, &QPushButton::clicked, this, [this] {
        if (running_)
            stop(tr("Stopped"));
        else
            start();
    });
    connect(plot_, &PlotWidget::step_requested, this, &RunCourse::go_to_step);
    connect(plot_, &PlotWidget::move_requested, this, [this](int direction) {
        const auto place = context_.place();
        if (!place)
            return;
        // The next one that is known: between them there may be others that nobody asked about.
        const auto after = points_.upper_bound(place->iteration);
        const auto from = points_.lower_bound(place->iteration);
        if (direction > 0 && after != points_.end())
            context_.go_to(after->first);
        else if (direction < 0 && from != points_.begin())
            context_.go_to(std::prev(from)->first);
    });
    connect(plot_, &PlotWidget::range_requested, plot_, &PlotWidget::set_range);
    connect(&context_, &PanelContext::place_changed, this, &RunCourse::follow_place);
    const auto take_theme = [this] {
        plot_->set_theme(context_.theme());
        show_curve();
    };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
    show_state();
}

void RunCourse::set_subject(const TriedText& subject)
{
    if (subject == subject_)
        return;
    subject_ = subject;
    clear();
}

void RunCourse::clear()
{
    context_.forget(course_asker);
    running_ = false;
    points_.clear();
    order_.clear();
    of_.reset();
    show_curve();
    show_state();
}

void RunCourse::follow_place()
{
    const std::optional<ShownPlace> place = context_.place();
    if (of_ && (!place || place->file != of_->file || place->run != of_->run))
        clear();
    plot_->set_cursor(place ? place->step : -1);
    show_state(state_->text());
}

void RunCourse::start()
{
    of_ = context_.place();
    const RunHistory* run = context_.run();
    if (!of_ || !run)
        return;
    order_ = coarse_to_fine(static_cast<int>(run->iterations.size()));
    running_ = true;
    ask_next();
}

void RunCourse::stop(const QString& why)
{
    context_.forget(course_asker);
    running_ = false;
    show_state(why);
}

void RunCourse::ask_next()
{
    const auto next = std::ranges::find_if(
        order_, [this](int iteration) { return !points_.contains(iteration); });
    if (next == order_.end()) {
        running_ = false;
        show_state();
        return;
    }
    NextTokenQuestion question;
    question.model = RunMoment{ of_->moment().file, of_->run, RunMoment::Kind::iteration, *next };
    question.text = subject_.text.toStdString();
    question.likeliest = 0;
    question.candidates = candidates_of(subject_);
    const QString known = tr("%1 of %2 iterations").arg(points_.size()).arg(order_.size());
    show_state(known);
    context_.ask(*this, course_asker, question,
        { [this, iteration = *next](
              const Answer& answer) { take(iteration, std::get<NextTokenAnswer>(answer)); },
            [this](const QString& sentence) { stop(sentence); },
            [this, known](const QString& what, int done, int total) {
                show_state(tr("%1 · %2 (%3 of %4)").arg(known, what).arg(done).arg(total));
            } });
}

void RunCourse::take(int iteration, const NextTokenAnswer& answer)
{
    Point& point = points_[iteration];
    point.step = answer.model.step;
    for (const TokenChance& chance : answer.candidates)
        point.chances.push_back(std::exp(chance.log_probability));
    show_curve();
    ask_next();
}

void RunCourse::show_curve()
{
    plot_->setVisible(!points_.empty());
    PlotContent content = share_course(tr("Probability over the run"), context_.run());
    for (std::size_t i = 0; i < 2; ++i) {
        PlotLine line;
        line.name = (i == 0 ? subject_.target : subject_.alternative).trimmed();
        line.legend = i == 0 ? tr("target") : tr("alternative");
        line.color = series_color(static_cast<int>(i) + 2, context_.theme());
        line.labelled = true;
        for (const auto& [iteration, point] : points_)
            if (i < point.chances.size())
                line.points.push_back({ static_cast<double>(point.step), point.chances[i] });
        if (!line.points.empty())
            content.lines.push_back(std::move(line));
    }
    plot_->set_content(content);
    if (std::exchange(last_step_, content.last_step) != content.last_step)
        plot_->set_range(0, last_step_); // all of another run
    if (const auto place = context_.place())
        plot_->set_cursor(place->step);
}

void RunCourse::show_state(const QString& sentence)
{
    const bool possible
        = context_.place() && !subject_.text.isEmpty() && !subject_.target.isEmpty();
    button_->setEnabled(running_ || possible);
    button_->setText(running_ ? tr("Stop") : tr("Probability over the run"));
    button_->setToolTip(possible
            ? tr("Asks the model of one iteration after another, coarse to fine")
            : tr("Needs a sentence and a target: choose one of the task's examples"));
    state_->setText(sentence);
    state_->setVisible(!sentence.isEmpty());
}

void RunCourse::go_to_step(double step)
{
    const RunHistory* run = context_.run();
    if (!run || run->iterations.empty())
        return;
    const auto nearest = std::ranges::min_element(run->iterations, {},
        [step](const IterationRecord& record) { return std::abs(record.step - step); });
    context_.go_to(nearest->index.value);
}

} // namespace circuitloom::ui
