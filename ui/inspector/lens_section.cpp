#include "ui/inspector/lens_section.h"

#include "core/base/number_text.h"
#include "ui/base/measure_text.h"
#include "ui/base/steady_text.h"
#include "ui/inspector/attention_map.h"
#include "ui/panels/answer_state.h"
#include "ui/panels/moment_text.h"

#include <QLabel>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr int examples = 100; ///< of the task, over which everything is averaged
constexpr int promoted = 6;
constexpr int neurons = 5;

QString tokens_text(const std::vector<TokenPush>& tokens)
{
    QStringList words;
    for (const TokenPush& token : tokens)
        words << QStringLiteral("%1 %2")
                     .arg(visible_token(QString::fromStdString(token.text)).toHtmlEscaped(),
                         signed_number(token.logit, 2));
    return words.join(QStringLiteral(" &nbsp;"));
}

QString row(const QString& name, const QString& now, const QString& start, bool strong = false)
{
    return QStringLiteral("<tr><td>%1</td><td align='right' style='padding-left: 10px'>%2</td>"
                          "<td align='right' style='padding-left: 10px'>%3</td></tr>")
        .arg(strong ? QStringLiteral("<b>%1</b>").arg(name) : name,
            strong ? QStringLiteral("<b>%1</b>").arg(now) : now, start);
}

QString logit_text(const std::optional<double>& logit)
{
    return logit ? signed_number(*logit, 3) : QStringLiteral("–");
}

std::optional<double> difference(const NodeLens& lens)
{
    if (!lens.target || !lens.alternative)
        return std::nullopt;
    return *lens.target - *lens.alternative;
}

NodeLens lens_of(const LensAnswer* answer, bool last)
{
    if (!answer || answer->nodes.empty())
        return {};
    return last ? answer->nodes.back() : answer->nodes.front();
}

/// Of the difference of the model's two logits what this node writes; may be below 0 and above 1.
QString share_text(const LensAnswer* answer)
{
    const NodeLens whole = lens_of(answer, true);
    const auto part = difference(lens_of(answer, false));
    const auto all = difference(whole);
    if (whole.node != whole_answer || !part || !all || *all == 0)
        return QStringLiteral("–");
    return shown_number(percent(*part / *all));
}

} // namespace

LensSection::LensSection(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , lens_(context, QStringLiteral("inspector, lens"), this)
    , neurons_(context, QStringLiteral("inspector, neurons"), this)
    , heading_(new QLabel(this))
    , figures_(new QLabel(this))
    , neuron_figures_(new QLabel(this))
    , state_(new AnswerState(this))
{
    figures_->setObjectName(QStringLiteral("inspectorLens"));
    neuron_figures_->setObjectName(QStringLiteral("inspectorNeurons"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (QLabel* label : { heading_, figures_, neuron_figures_ }) {
        label->setWordWrap(true);
        label->setContentsMargins(16, 0, 16, 0);
        column->addWidget(new SteadyText(*label, this));
    }
    column->addWidget(new SteadyText(*state_, this));
    state_->setObjectName(QStringLiteral("inspectorLensState"));
    for (NowAndStart* answers : { &lens_, &neurons_ }) {
        connect(answers, &NowAndStart::changed, this, &LensSection::show_answers);
        connect(state_, &AnswerState::again_requested, answers, &NowAndStart::ask_again);
    }
}

void LensSection::show_node(const Node& node, const ShownPlace& place)
{
    const RunHistory* run = context_.run();
    if (!run)
        return;
    heading_->setText(node == whole_answer ? tr("The model's answer, the next word")
                                           : tr("Writes towards the next word"));
    const std::string task = run->config.task;
    const int group = run->config.graph.mlp_group_size;
    const QString key = QString::fromStdString(node_name(node));
    lens_.want(place, key, [&](const RunMoment& model) {
        LensQuestion question;
        question.model = model;
        question.nodes = { node };
        if (node != whole_answer)
            question.nodes.push_back(whole_answer);
        question.mlp_group_size = group;
        question.task = task;
        question.examples = examples;
        question.max_tokens = run->config.max_tokens;
        question.promoted = promoted;
        return question;
    });
    if (node.kind == NodeKind::mlp || node.kind == NodeKind::mlp_group)
        neurons_.want(place, key, [&](const RunMoment& model) {
            NeuronQuestion question;
            question.model = model;
            question.node = node;
            question.mlp_group_size = group;
            question.task = task;
            question.examples = examples;
            question.max_tokens = run->config.max_tokens;
            question.neurons = neurons;
            question.promoted = 3;
            return question;
        });
    else
        neurons_.drop();
    show_answers();
}

void LensSection::forget()
{
    lens_.drop();
    neurons_.drop();
    show_answers();
}

void LensSection::show_answers()
{
    const auto* now = lens_.now() ? &std::get<LensAnswer>(*lens_.now()) : nullptr;
    const auto* start = lens_.start() ? &std::get<LensAnswer>(*lens_.start()) : nullptr;
    const NodeLens one = lens_of(now, false);
    const NodeLens other = lens_of(start, false);
    figures_->setVisible(now || start);
    neuron_figures_->setVisible(neurons_.now());
    if (now || start) {
        QString text = now ? tr("now: %1").arg(moment_text(lens_.iteration(), now->model.step))
                           : QString();
        text += QStringLiteral("<table>")
            + row(QString(), tr("now"), tr("at the start"))
            + row(tr("target"), logit_text(one.target), logit_text(other.target))
            + row(tr("alternative"), logit_text(one.alternative), logit_text(other.alternative))
            + row(tr("difference"), logit_text(difference(one)), logit_text(difference(other)),
                true)
            + row(tr("share of the answer"), share_text(now), share_text(start))
            + QStringLiteral("</table>");
        if (now)
            text += tr("<p>promotes now: %1</p>").arg(tokens_text(one.promoted));
        if (start)
            text += tr("<p>at the start: %1</p>").arg(tokens_text(other.promoted));
        figures_->setText(text);
    }
    if (neurons_.now()) {
        const auto& answer = std::get<NeuronAnswer>(*neurons_.now());
        QString text = tr("Strongest of %1 neurons, %2")
                           .arg(answer.of)
                           .arg(moment_text(neurons_.iteration(), answer.model.step))
            + QStringLiteral("<table><tr><td></td>"
                             "<td align='right' style='padding-left: 10px'>%1</td>"
                             "<td align='right' style='padding-left: 10px'>%2</td>"
                             "<td style='padding-left: 10px'>%3</td></tr>")
                  .arg(tr("activation"), tr("difference"), tr("promotes"));
        for (const NeuronLens& neuron : answer.neurons) {
            QStringList words;
            for (const TokenPush& token : neuron.promoted)
                words << visible_token(QString::fromStdString(token.text)).toHtmlEscaped();
            text += QStringLiteral("<tr><td>n%1</td>"
                                   "<td align='right' style='padding-left: 10px'>%2</td>"
                                   "<td align='right' style='padding-left: 10px'>%3</td>"
                                   "<td style='padding-left: 10px'>%4</td></tr>")
                        .arg(neuron.neuron)
                        .arg(signed_number(neuron.activation, 3),
                            signed_number(neuron.difference, 3), words.join(QStringLiteral(", ")));
        }
        neuron_figures_->setText(text + QStringLiteral("</table>"));
    }
    const QString failure = lens_.failure().isEmpty() ? neurons_.failure() : lens_.failure();
    const QString progress = lens_.progress().isEmpty() ? neurons_.progress() : lens_.progress();
    if (now && progress.isEmpty())
        state_->show_state(failure,
            tr("logits, less their mean over the vocabulary, averaged over %1 examples")
                .arg(now->examples));
    else
        state_->show_state(failure, waiting_text(progress, lens_.open()));
}

} // namespace circuitloom::ui
