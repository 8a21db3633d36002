#include "ui/inspector/drift_section.h"

#include "ui/base/steady_text.h"
#include "ui/curves/plot_widget.h"
#include "ui/panels/moment_text.h"
#include "ui/panels/share_course.h"
#include "ui/theme/text_scale.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int margin = 16;
constexpr std::size_t most_listed = 24;

QString row(const QString& name, const QString& relative, const QString& distance)
{
    return QStringLiteral("<tr><td>%1</td><td align='right' style='padding-left: 10px'>%2</td>"
                          "<td align='right' style='padding-left: 10px'>%3</td></tr>")
        .arg(name, relative, distance);
}

QString row(const QString& name, const Moved& moved)
{
    return row(name, drift_text(moved),
        moved.distance == 0 ? QStringLiteral("0") : QString::number(moved.distance, 'g', 3));
}

} // namespace

std::vector<ParameterPart> inspected_parts(
    const GraphChoice& choice, const ComputationalGraph& graph, const Components& components)
{
    std::vector<ParameterPart> parts;
    const auto add = [&parts](const Node& node) {
        const ParameterPart part = part_of(node);
        if (std::ranges::find(parts, part) == parts.end())
            parts.push_back(part);
    };
    if (choice.nodes.empty()) {
        for (const EdgeId edge : choice.edges) {
            add(graph.node(graph.edge(edge).source));
            add(graph.node(graph.edge(edge).target));
        }
    } else {
        // A selected node stands for all its sides, as the inspector looks at it.
        for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
            const NodeId node{ static_cast<std::int32_t>(i) };
            if (std::ranges::any_of(choice.nodes,
                    [&](NodeId chosen) { return components.of(chosen) == components.of(node); }))
                add(graph.node(node));
        }
    }
    std::ranges::stable_sort(parts, {},
        [](const ParameterPart& part) { return std::tuple(part.layer, part.index, part.kind); });
    return parts;
}

DriftSection::DriftSection(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , drift_(context, QStringLiteral("inspector, drift"), this)
    , at_checkpoints_(context, QStringLiteral("inspector, drift at checkpoints"), this)
    , figures_(new QLabel(this))
    , state_(new QLabel(this))
    , plot_(new PlotWidget(this))
    , checkpoints_(new QPushButton(tr("At the checkpoints too"), this))
{
    figures_->setObjectName(QStringLiteral("inspectorDrift"));
    state_->setObjectName(QStringLiteral("inspectorDriftState"));
    checkpoints_->setObjectName(QStringLiteral("inspectorDriftCheckpoints"));
    checkpoints_->setToolTip(
        tr("Adds the moments at which the run stored its weights to the curve"));
    plot_->setObjectName(QStringLiteral("inspectorDriftPlot"));
    plot_->setAccessibleName(tr("Drift over the run"));
    follow_text_scale(*plot_, [this] { plot_->setFixedHeight(scaled(140)); });
    auto* heading = new QLabel(tr("Moved since the start"), this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, 0, margin, 0);
    column->setSpacing(4);
    column->addWidget(heading);
    for (QLabel* label : { figures_, state_ }) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(new SteadyText(*label, this));
    }
    column->addWidget(plot_);
    column->addWidget(checkpoints_, 0, Qt::AlignLeft);
    state_->setProperty("dim", true);
    state_->setTextFormat(Qt::PlainText); // words from files come through it
    connect(&drift_, &ShownDrift::changed, this, &DriftSection::take);
    connect(&drift_, &ShownDrift::failed, this, &DriftSection::show_figures);
    connect(&drift_, &ShownDrift::progressed, state_, &QLabel::setText);
    connect(checkpoints_, &QPushButton::clicked, this, [this] {
        steps_.clear();
        if (const RunHistory* run = context_.run())
            for (const CheckpointRecord& record : run->checkpoints)
                if (!answers_.contains(record.step))
                    steps_.push_back(record.step);
        ask_next_checkpoint();
    });
    connect(plot_, &PlotWidget::step_requested, this, [this](double step) {
        const RunHistory* run = context_.run();
        if (!run || run->iterations.empty())
            return;
        const auto nearest = std::ranges::min_element(run->iterations, {},
            [step](const IterationRecord& record) { return std::abs(record.step - step); });
        context_.go_to(nearest->index.value);
    });
    connect(plot_, &PlotWidget::move_requested, this, [this](int direction) {
        const auto place = context_.place();
        const RunHistory* run = context_.run();
        if (place && run && place->iteration + direction >= 0
            && place->iteration + direction < std::ssize(run->iterations))
            context_.go_to(place->iteration + direction);
    });
    connect(plot_, &PlotWidget::range_requested, plot_, &PlotWidget::set_range);
    const auto take_theme = [this] {
        plot_->set_theme(context_.theme());
        show_curve();
    };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
}

void DriftSection::show_selection(const ShownPlace& place, const Components& components)
{
    if (!of_ || of_->file != place.file || of_->run != place.run) {
        at_checkpoints_.drop();
        steps_.clear();
        answers_.clear();
        of_ = place;
    }
    parts_ = inspected_parts(context_.selection(), *place.graph, components);
    drift_.want(place);
    show_figures();
    show_curve();
}

void DriftSection::forget()
{
    drift_.drop();
    at_checkpoints_.drop();
    steps_.clear();
}

void DriftSection::take()
{
    if (const DriftAnswer* answer = drift_.known())
        answers_[answer->model.step] = *answer;
    show_figures();
    show_curve();
}

void DriftSection::ask_next_checkpoint()
{
    if (steps_.empty() || !of_) {
        show_figures();
        return;
    }
    const int step = steps_.front();
    steps_.erase(steps_.begin());
    RunMoment moment = of_->moment();
    moment.kind = RunMoment::Kind::step;
    moment.number = step;
    at_checkpoints_.want(DriftQuestion{ moment, {} },
        { [this](const Answer& answer) {
             const auto& drift = std::get<DriftAnswer>(answer);
             answers_[drift.model.step] = drift;
             show_curve();
             ask_next_checkpoint();
         },
            [this](const QString& sentence) {
                steps_.clear();
                state_->setText(sentence);
            },
            [this, step](const QString& what, int done, int total) {
                state_->setText(tr("checkpoint after step %1: %2 (%3 of %4)")
                                    .arg(step)
                                    .arg(what)
                                    .arg(done)
                                    .arg(total));
            } });
}

std::vector<MovedPart> DriftSection::of_subject(const DriftAnswer& answer) const
{
    std::vector<MovedPart> found;
    for (const ParameterPart& part : parts_) {
        const auto at = std::ranges::find(answer.parts, part, &MovedPart::part);
        if (at != answer.parts.end())
            found.push_back(*at);
    }
    return found;
}

void DriftSection::show_figures()
{
    const DriftAnswer* answer = drift_.known();
    figures_->setVisible(answer != nullptr);
    const RunHistory* run = context_.run();
    checkpoints_->setVisible(answer && run
        && std::ranges::any_of(run->checkpoints,
            [this](const CheckpointRecord& record) { return !answers_.contains(record.step); }));
    if (!answer) {
        state_->setText(drift_.failure().isEmpty() ? tr("Asking the model …") : drift_.failure());
        return;
    }
    const std::vector<MovedPart> parts = of_subject(*answer);
    QString rows = row(QString(), tr("of its norm"), tr("distance"));
    for (std::size_t i = 0; i < std::min(parts.size(), most_listed); ++i)
        rows += row(QString::fromStdString(parameter_part_name(parts[i].part)).toHtmlEscaped(),
            parts[i].moved);
    if (parts.size() > 1)
        rows += row(tr("these %1 together").arg(parts.size()), together(parts));
    rows += row(tr("whole model"), answer->whole);
    figures_->setText(moment_text(drift_.iteration(), answer->model.step)
        + QStringLiteral("<table>%1</table>").arg(rows));
    state_->setText(
        !drift_.failure().isEmpty() ? drift_.failure() : tr("parameters, Frobenius norm"));
}

void DriftSection::show_curve()
{
    PlotContent content = share_course(tr("Moved"), context_.run());
    PlotLine selected;
    selected.name = tr("selected");
    selected.color = context_.theme().accent;
    selected.labelled = true;
    PlotLine whole;
    whole.name = tr("model");
    whole.color = context_.theme().dimText;
    whole.dashed = true;
    whole.labelled = true;
    selected.points = whole.points = { { 0, 0 } }; // where every run begins
    for (const auto& [step, answer] : answers_) {
        const auto add = [at = step](PlotLine& line, const Moved& moved) {
            if (const auto relative = moved.relative(); at > 0 && relative)
                line.points.push_back({ static_cast<double>(at), *relative });
        };
        add(selected, together(of_subject(answer)));
        add(whole, answer.whole);
    }
    plot_->setVisible(selected.points.size() > 1);
    content.lines = { std::move(whole), std::move(selected) };
    plot_->set_content(content);
    if (std::exchange(last_step_, content.last_step) != content.last_step)
        plot_->set_range(0, last_step_); // all of another run
    if (const auto place = context_.place())
        plot_->set_cursor(place->step);
}

} // namespace circuitloom::ui
