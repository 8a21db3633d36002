#include "ui/inspector/course_section.h"

#include "core/base/number_text.h"
#include "ui/base/counted_text.h"
#include "ui/base/measure_text.h"
#include "ui/base/steady_text.h"
#include "ui/inspector/course_chart.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <set>

namespace circuitloom::ui {

namespace {

constexpr std::size_t most_lines = 6; ///< more cannot be told apart
constexpr std::size_t most_stays = 30; ///< whose beginnings and ends are named

/// As in "0–3, 5, 7–11".
QString stays_text(const std::vector<GroupStay>& stays)
{
    QStringList named;
    for (std::size_t i = 0; i < std::min(stays.size(), most_stays); ++i)
        named << (stays[i].first == stays[i].last
                ? QString::number(stays[i].first)
                : QStringLiteral("%1–%2").arg(stays[i].first).arg(stays[i].last));
    if (stays.size() > most_stays)
        named << CourseSection::tr("%1 more").arg(stays.size() - most_stays);
    return named.join(QStringLiteral(", "));
}

std::optional<StrengthRank> node_rank(const InspectedSubject& subject,
    const ComputationalGraph& graph, const std::vector<CircuitEdge>& circuit,
    const Components& components)
{
    if (!subject.component)
        return std::nullopt;
    std::vector<double> strengths(components.names().size(), 0.0);
    for (const CircuitEdge& edge : circuit) {
        const Edge& ends = graph.edge(edge.edge);
        for (const NodeId end : { ends.source, ends.target }) // no node reads itself
            strengths[static_cast<std::size_t>(components.of(end).value)] += std::abs(edge.score);
    }
    return strength_rank(strengths, static_cast<std::size_t>(subject.component->value));
}

std::optional<EdgeCertainty> certainty_of(
    const InspectedSubject& subject, const std::vector<CircuitEdge>& circuit)
{
    if (subject.kind != InspectedSubject::Kind::edge)
        return std::nullopt;
    const auto at
        = std::ranges::find(circuit, subject.parts.front().edges.front(), &CircuitEdge::edge);
    return at == circuit.end() ? std::nullopt : at->certainty;
}

} // namespace

CourseSection::CourseSection(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , chart_(new CourseChart(this))
    , names_(new QLabel(this))
    , figures_(new QLabel(this))
    , failure_(new QLabel(this))
    , courses_(std::vector<std::vector<EdgeId>>(1))
    , pieces_([this](const std::vector<Circuit>& circuits) { take(circuits); }, this)
{
    chart_->setObjectName(QStringLiteral("inspectorCourse"));
    figures_->setObjectName(QStringLiteral("inspectorFigures"));
    auto* heading = new QLabel(tr("Score over the run"), this);
    heading->setContentsMargins(16, 0, 16, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(heading);
    column->addWidget(chart_);
    for (QLabel* label : { names_, figures_, failure_ }) {
        label->setWordWrap(true);
        label->setContentsMargins(16, 0, 16, 0);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(new SteadyText(*label, this));
    }
    figures_->setProperty("dim", true);
    failure_->setProperty("error", true);
    failure_->setTextFormat(Qt::PlainText); // words from files come through it
    failure_->hide();
    connect(chart_, &CourseChart::iteration_requested, &context_, &PanelContext::go_to);
    connect(&pieces_, &CircuitPieces::failed, this, [this](const QString& sentence) {
        failure_->setText(sentence);
        failure_->show();
    });
    connect(&context_, &PanelContext::theme_changed, this, &CourseSection::draw);
    connect(&context_, &PanelContext::run_grown, this, &CourseSection::follow);
}

void CourseSection::show_subject(const InspectedSubject& subject, const ShownPlace& place,
    const std::vector<CircuitEdge>& circuit, const Components& components)
{
    const RunHistory* run = context_.run();
    if (!run || run->graph != place.graph)
        return;
    place_ = place;
    rank_ = node_rank(subject, *place.graph, circuit, components);
    certainty_ = certainty_of(subject, circuit);
    const bool another_run = pieces_.follow(place.file, run);
    const bool another_subject = subject != subject_;
    subject_ = subject;
    chart_->set_cursor(place.iteration);
    if (!another_run && !another_subject) {
        figures_->setText(figures());
        return;
    }
    begin();
    if (another_run)
        pieces_.want(); // they come from the first one on as it is
    else
        pieces_.begin_again();
    draw();
}

void CourseSection::follow()
{
    const RunHistory* run = context_.run();
    // What is inspected in another run is shown soon.
    if (!isVisible() || !place_ || !run || run->graph != place_->graph)
        return;
    if (pieces_.follow(place_->file, run))
        begin();
    figures_->setText(figures());
}

std::size_t CourseSection::drawn() const
{
    return std::min(subject_.parts.size(), most_lines);
}

void CourseSection::begin()
{
    std::vector<std::vector<EdgeId>> groups;
    std::set<EdgeId> all;
    for (const InspectedPart& part : subject_.parts) {
        if (groups.size() < drawn())
            groups.push_back(part.edges);
        all.insert(part.edges.begin(), part.edges.end());
    }
    groups.emplace_back(all.begin(), all.end());
    courses_ = GroupCourses(std::move(groups));
    failure_->hide();
}

void CourseSection::take(const std::vector<Circuit>& circuits)
{
    for (const Circuit& circuit : circuits)
        courses_.add(circuit);
    draw();
}

void CourseSection::draw()
{
    const RunHistory* run = context_.run();
    if (!run || subject_.parts.empty())
        return;
    const Theme& theme = context_.theme();
    const std::size_t parts = subject_.parts.size();
    std::vector<CourseLine> lines;
    const auto add_line = [&](std::size_t group, QString name, const QColor& color) {
        name.replace(QStringLiteral("->"), QStringLiteral(" → "));
        CourseLine line{ name, color, group == drawn(), {} };
        for (const GroupPresence& presence : courses_.course(group))
            line.values.push_back(
                presence.edges > 0 ? std::optional(presence.score) : std::nullopt);
        lines.push_back(std::move(line));
    };
    if (parts == 1)
        add_line(0, subject_.parts[0].name, theme.accent);
    for (std::size_t i = 0; parts > 1 && i < drawn(); ++i)
        add_line(i, subject_.parts[i].name, series_color(static_cast<int>(i), theme));
    if (parts > 1)
        add_line(drawn(), tr("sum of all %1").arg(parts), theme.text);
    QStringList names;
    for (const CourseLine& line : lines)
        names << QStringLiteral("<span style='color:%1'>%2</span> %3")
                     .arg(line.color.name(), line.dashed ? QStringLiteral("╌") : QStringLiteral("━"),
                         line.name.toHtmlEscaped());
    if (parts > drawn())
        names << tr("%1 more have no line of their own").arg(parts - drawn());
    names_->setText(names.join(QStringLiteral("<br>")));
    names_->setVisible(parts > 1);
    chart_->set_theme(theme);
    chart_->set_content(
        std::move(lines), courses_.stays(drawn()), static_cast<int>(run->iterations.size()));
    figures_->setText(figures());
}

QString CourseSection::figures() const
{
    const std::size_t all = drawn();
    const auto& course = courses_.course(all);
    if (!place_ || static_cast<std::size_t>(place_->iteration) >= course.size())
        return tr("Reading the run …");
    const GroupPresence& now = course[static_cast<std::size_t>(place_->iteration)];
    const std::vector<GroupStay> stays = courses_.stays(all);
    if (stays.empty())
        return pieces_.complete() ? tr("In no circuit of this run.")
                                  : tr("In no circuit so far; reading the run …");
    QString rows;
    const auto add = [&rows](const QString& name, const QString& value) {
        rows += QStringLiteral("<tr><td>%1</td><td style='padding-left: 10px'>%2</td></tr>").arg(name, value);
    };
    const bool edge = subject_.kind == InspectedSubject::Kind::edge;
    const auto stay = std::ranges::find_if(stays, [&](const GroupStay& one) {
        return one.first <= place_->iteration && place_->iteration <= one.last;
    });
    if (stay != stays.end()) {
        add(edge ? tr("score") : tr("sum of scores"), signed_number(now.score, 4));
        if (!edge)
            add(tr("sum of |score|"),
                tr("%1, %2").arg(shown_number(fixed(now.strength, 4)), edges_text(now.edges)));
        add(tr("share of strength"), shown_number(short_percent(now.share)));
        if (rank_)
            add(tr("rank among nodes"), tr("%1 of %2").arg(rank_->rank).arg(rank_->of));
        add(edge ? tr("rank") : tr("its strongest edge's rank"), QString::number(now.rank));
        if (certainty_) {
            add(tr("in resamples"),
                tr("%1, 95 % of their scores from %2 to %3")
                    .arg(shown_number(percent(static_cast<double>(certainty_->inclusion))),
                        signed_number(static_cast<double>(certainty_->low), 4),
                        signed_number(static_cast<double>(certainty_->high), 4)));
            add(tr("sign"), certainty_->sign_certain() ? tr("certain") : tr("not certain"));
        }
        add(tr("in since"),
            tr("iteration %1 (age %2)").arg(stay->first).arg(place_->iteration - stay->first));
    } else {
        add(tr("now"), tr("not in the circuit"));
    }
    int inside = 0;
    for (const GroupStay& one : stays)
        inside += one.last - one.first + 1;
    const double inclusion = inside / static_cast<double>(course.size());
    add(tr("in iterations"),
        tr("%1: %2 of %3, %4")
            .arg(shown_number(short_percent(inclusion)))
            .arg(inside)
            .arg(course.size())
            .arg(tr("%n stay(s)", nullptr, static_cast<int>(stays.size()))));
    add(tr("stays"), stays_text(stays));
    add(tr("first in, last in"),
        tr("iterations %1, %2").arg(stays.front().first).arg(stays.back().last));
    return QStringLiteral("<table width='100%'>") + rows + QStringLiteral("</table>");
}

} // namespace circuitloom::ui
