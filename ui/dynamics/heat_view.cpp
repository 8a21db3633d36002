#include "ui/dynamics/heat_view.h"

#include "ui/base/background.h"
#include "ui/base/flow_layout.h"
#include "ui/base/measure_text.h"
#include "ui/dynamics/color_key.h"
#include "ui/dynamics/heat_strip.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int score_decimals = 4;

} // namespace

HeatView::HeatView(PanelContext& context, RunScores& scores, QWidget* parent)
    : DynamicsView(context, scores, parent)
    , rows_(new QComboBox(this))
    , order_(new QComboBox(this))
    , key_(new ColorKey(this))
    , strip_(new HeatStrip(this))
{
    rows_->setObjectName(QStringLiteral("heatRows"));
    rows_->setAccessibleName(tr("Rows"));
    rows_->addItems({ tr("Edges"), tr("Nodes") });
    order_->setObjectName(QStringLiteral("heatOrder"));
    order_->setAccessibleName(tr("Order of the rows"));
    for (const auto& [text, order] :
        { std::pair{ tr("by first entry"), ScoreRowOrder::first_entry },
            std::pair{ tr("by peak"), ScoreRowOrder::peak },
            std::pair{ tr("by final score"), ScoreRowOrder::final_score },
            std::pair{ tr("by layer"), ScoreRowOrder::layer },
            std::pair{ tr("clustered"), ScoreRowOrder::clustered } })
        order_->addItem(text, static_cast<int>(order));
    strip_->setObjectName(QStringLiteral("heatStrip"));
    strip_->setAccessibleName(tr("Scores over the iterations"));
    auto* controls = new QWidget(this);
    auto* top = new FlowLayout(controls);
    top->setContentsMargins(0, 0, 0, 0);
    top->addWidget(rows_);
    top->addWidget(order_);
    top->addWidget(key_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(controls);
    column->addWidget(strip_, 1);

    connect(rows_, &QComboBox::currentIndexChanged, this, &HeatView::sort_rows);
    connect(order_, &QComboBox::currentIndexChanged, this, &HeatView::sort_rows);
    connect(strip_, &HeatStrip::cell_clicked, this, [this](const HeatCell& cell) {
        this->context().select(choice_of(cell.row, cell.row));
        this->context().go_to(cell.iteration);
    });
    connect(strip_, &HeatStrip::rows_brushed, this, [this](std::size_t first, std::size_t last) {
        this->context().select(choice_of(first, last));
    });
    connect(strip_, &HeatStrip::cell_pointed_at, this, [this](const std::optional<HeatCell>& cell) {
        Q_EMIT pointed_at(cell ? cell_text(*cell) : QString());
    });
    strip_->set_theme(theme());
}

bool HeatView::of_nodes() const
{
    return rows_->currentIndex() == 1;
}

ScoreRowOrder HeatView::order() const
{
    return static_cast<ScoreRowOrder>(order_->currentData().toInt());
}

void HeatView::take_run()
{
    if (generation_ != scores().generation()) {
        generation_ = scores().generation();
        show_rows({}, {}, of_nodes(), {});
    }
    sort_rows();
}

void HeatView::sort_rows()
{
    if (sorting_) {
        sort_again_ = true;
        return;
    }
    sorting_ = true;
    const bool nodes = of_nodes();
    const auto names
        = [graph = scores().graph(), components = scores().components(), nodes](std::int32_t row) {
              return QString::fromStdString(
                  nodes ? components->name({ row }) : graph->edge_name({ row }));
          };
    in_background(
        this,
        [blocks = nodes ? scores().nodes() : scores().edges(), order = order()] {
            std::vector<ScoreRow> rows = score_rows(blocks);
            order_rows(rows, order, blocks);
            return std::pair(std::move(rows), blocks);
        },
        [this, nodes, names, generation = generation_](const auto& sorted) {
            sorting_ = false;
            const bool again = std::exchange(sort_again_, false);
            if (generation == generation_ && nodes == of_nodes())
                show_rows(sorted.first, sorted.second, nodes, names);
            if (again)
                sort_rows();
        },
        [this](const QString& sentence) {
            sorting_ = false;
            sort_again_ = false;
            Q_EMIT pointed_at(sentence);
        });
}

void HeatView::show_rows(std::vector<ScoreRow> rows, ScoreBlocks blocks, bool nodes,
    std::function<QString(std::int32_t row)> names)
{
    shows_nodes_ = nodes;
    name_of_ = std::move(names);
    strip_->set_rows(std::move(rows), std::move(blocks), name_of_);
    show_key();
    take_window();
}

void HeatView::take_window()
{
    strip_->set_theme(theme());
    strip_->set_shown_iteration(shown_iteration());
    show_key();
    take_selection();
}

void HeatView::show_key()
{
    const ScoreColors colors = strip_->tiles().colors();
    key_->set_content({ signed_number(-colors.greatest(), score_decimals),
                          signed_number(colors.greatest(), score_decimals),
                          [colors](double share) {
                              // Even steps of the score's root, as the colours go.
                              const double root = 2 * share - 1;
                              return QColor(
                                  colors.of(std::copysign(root * root * colors.greatest(), root)));
                          },
                          tr("out"), QColor(colors.out()) },
        theme());
}

void HeatView::take_selection()
{
    const GraphChoice choice = context().selection();
    std::unordered_set<std::int32_t> selected;
    const auto& graph = scores().graph();
    if (graph && shows_nodes_)
        for (const NodeId node : choice.nodes)
            selected.insert(scores().components()->of(node).value);
    if (graph && !shows_nodes_) {
        for (const EdgeId edge : choice.edges)
            selected.insert(edge.value);
        const std::unordered_set<NodeId> nodes(choice.nodes.begin(), choice.nodes.end());
        if (!nodes.empty())
            for (const ScoreRow& row : strip_->tiles().rows()) {
                const Edge& edge = graph->edge({ row.row });
                if (nodes.contains(edge.source) || nodes.contains(edge.target))
                    selected.insert(row.row);
            }
    }
    strip_->set_selected(std::move(selected));
}

GraphChoice HeatView::choice_of(std::size_t first, std::size_t last) const
{
    GraphChoice choice;
    const std::vector<ScoreRow>& rows = strip_->tiles().rows();
    std::unordered_set<std::int32_t> chosen;
    for (std::size_t row = first; row <= last && row < rows.size(); ++row) {
        chosen.insert(rows[row].row);
        if (!shows_nodes_)
            choice.edges.push_back({ rows[row].row });
    }
    std::ranges::sort(choice.edges);
    if (shows_nodes_)
        for (std::int32_t node = 0; node < std::ssize(scores().graph()->nodes()); ++node)
            if (chosen.contains(scores().components()->of({ node }).value))
                choice.nodes.push_back({ node });
    return choice;
}

QString HeatView::cell_text(const HeatCell& cell) const
{
    const std::int32_t row = strip_->tiles().rows()[cell.row].row;
    const QString name = name_of_(row);
    const QString score
        = cell.score ? signed_number(static_cast<double>(*cell.score), score_decimals) : QString();
    const QString what = !cell.score ? tr("not in the circuit")
        : shows_nodes_               ? tr("%1, the sum of its edges' scores").arg(score)
                                     : score;
    return tr("%1 · %2 · %3").arg(name, moment_text(cell.iteration), what);
}

} // namespace circuitloom::ui
