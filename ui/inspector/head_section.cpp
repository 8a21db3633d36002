#include "ui/inspector/head_section.h"

#include "core/base/number_text.h"
#include "ui/base/measure_text.h"
#include "ui/base/steady_text.h"
#include "ui/inspector/attention_map.h"
#include "ui/inspector/tried_sentence.h"
#include "ui/panels/answer_state.h"
#include "ui/panels/moment_text.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLabel>

#include <algorithm>
#include <functional>
#include <numeric>

namespace circuitloom::ui {

namespace {

constexpr int examples = 100; ///< of the task
constexpr std::size_t most_read = 3; ///< tokens that are named
constexpr int room_for_two = 420; ///< pixels, for two maps beside one another

QString share_text(double share)
{
    return shown_number(percent(share, 0));
}

} // namespace

HeadSection::HeadSection(PanelContext& context, TriedSentence& tried, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , tried_(tried)
    , patterns_(context, QStringLiteral("inspector, attention"), this)
    , targets_(context, QStringLiteral("inspector, attention on the task"), this)
    , sentence_(new QLabel(this))
    , reads_(new QLabel(this))
    , target_figures_(new QLabel(this))
    , difference_(new QCheckBox(tr("Difference from the start"), this))
    , maps_(new QWidget(this))
    , now_(new AttentionMap(maps_))
    , other_(new AttentionMap(maps_))
    , now_name_(new QLabel(maps_))
    , other_name_(new QLabel(maps_))
    , state_(new AnswerState(this))
{
    now_->setObjectName(QStringLiteral("attentionNow"));
    other_->setObjectName(QStringLiteral("attentionOther"));
    difference_->setObjectName(QStringLiteral("attentionDifference"));
    now_->setAccessibleName(tr("Attention at the iteration shown"));
    other_->setAccessibleName(tr("Attention at the start, or the difference from it"));
    target_figures_->setObjectName(QStringLiteral("inspectorAttention"));
    reads_->setObjectName(QStringLiteral("inspectorReads"));
    auto* sides = new QBoxLayout(QBoxLayout::TopToBottom, maps_);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(6);
    for (const auto& [name, map] :
        { std::pair{ now_name_, now_ }, std::pair{ other_name_, other_ } }) {
        name->setProperty("dim", true);
        name->setContentsMargins(16, 0, 16, 0);
        auto* one = new QVBoxLayout;
        one->setSpacing(2);
        one->addWidget(name);
        one->addWidget(map);
        one->addStretch();
        sides->addLayout(one, 1);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (QLabel* label : { target_figures_, sentence_, reads_ }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // words from files come through them
        label->setContentsMargins(16, 0, 16, 0);
    }
    target_figures_->setTextFormat(Qt::RichText); // no words but our own
    state_->setObjectName(QStringLiteral("inspectorHeadState"));
    auto* difference = new QHBoxLayout;
    difference->setContentsMargins(16, 0, 16, 0);
    difference->addWidget(difference_);
    for (QLabel* label : { target_figures_, sentence_, reads_ })
        column->addWidget(new SteadyText(*label, this));
    column->addWidget(maps_);
    column->addLayout(difference);
    column->addWidget(new SteadyText(*state_, this));

    connect(difference_, &QCheckBox::toggled, this, &HeadSection::show_answers);
    for (NowAndStart* answers : { &patterns_, &targets_ }) {
        connect(answers, &NowAndStart::changed, this, &HeadSection::show_answers);
        connect(state_, &AnswerState::again_requested, answers, &NowAndStart::ask_again);
    }
    connect(state_, &AnswerState::again_requested, &tried_, &TriedSentence::try_again);
    const auto take_theme = [this] {
        now_->set_theme(context_.theme());
        other_->set_theme(context_.theme());
    };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
}

void HeadSection::show_head(const Node& head, const ShownPlace& place)
{
    const RunHistory* run = context_.run();
    if (!run)
        return;
    const QString name = QString::fromStdString(node_name(head));
    targets_.want(place, name, [&](const RunMoment& model) {
        TargetAttentionQuestion question;
        question.model = model;
        question.task = run->config.task;
        question.heads = { head };
        question.examples = examples;
        question.max_tokens = run->config.max_tokens;
        return question;
    });
    const QString sentence = tried_.of(run->config.task);
    if (sentence.isEmpty())
        patterns_.drop();
    else
        patterns_.want(place, name + u'\n' + sentence, [&](const RunMoment& model) {
            AttentionQuestion question;
            question.model = model;
            question.text = sentence.toStdString();
            question.heads = { head };
            return question;
        });
    sentence_->setText(sentence.isEmpty() ? tr("Type a sentence under “Try it”.")
                                          : tr("Attention on “%1”").arg(sentence));
    show_answers();
}

void HeadSection::forget()
{
    patterns_.drop();
    targets_.drop();
}

QString HeadSection::target_text() const
{
    const auto answer_of = [](const Answer* answer) {
        return answer ? &std::get<TargetAttentionAnswer>(*answer) : nullptr;
    };
    const TargetAttentionAnswer* now = answer_of(targets_.now());
    const TargetAttentionAnswer* start = answer_of(targets_.start());
    if (!now || now->heads.empty())
        return {};
    const TargetAttention& one = now->heads.front();
    const TargetAttention* other = start && !start->heads.empty() ? &start->heads.front() : nullptr;
    QString rows;
    const auto add = [&rows](const QString& what, double value, const std::optional<double>& before) {
        rows += QStringLiteral("<tr><td>%1</td><td align='right' style='padding-left: 10px'>%2</td>"
                               "<td align='right' style='padding-left: 10px'>%3</td></tr>")
                    .arg(what, share_text(value), before ? share_text(*before) : QString());
    };
    const auto before = [&](double TargetAttention::*share) {
        return other ? std::optional(other->*share) : std::nullopt;
    };
    if (one.changed)
        add(tr("the word changed in the corrupted prompt"), *one.changed,
            other ? other->changed : std::nullopt);
    add(tr("the first token"), one.first, before(&TargetAttention::first));
    add(tr("the token before"), one.previous, before(&TargetAttention::previous));
    add(tr("itself"), one.itself, before(&TargetAttention::itself));
    return tr("The scored position reads, over %1 examples, now (%2) and at the start:")
               .arg(now->examples)
               .arg(moment_text(targets_.iteration(), now->model.step))
        + QStringLiteral("<table><tr><td></td><td align='right' style='padding-left: 10px'>%1</td>"
                         "<td align='right' style='padding-left: 10px'>%2</td></tr>%3</table>")
              .arg(tr("now"), tr("at the start"), rows);
}

QString HeadSection::sentence_text(
    const QString& moment, const AttentionContent& now, const AttentionContent& start) const
{
    const auto positions = static_cast<std::size_t>(now.tokens.size());
    if (positions == 0 || now.weights.size() != positions * positions)
        return {};
    const std::size_t row = (positions - 1) * positions;
    std::vector<std::size_t> columns(positions);
    std::iota(columns.begin(), columns.end(), 0U);
    const bool both = start.weights.size() == now.weights.size();
    // What it read at the start and reads no more is said too.
    std::ranges::stable_sort(columns, std::ranges::greater(), [&](std::size_t column) {
        const float reads = now.weights[row + column];
        return both ? std::max(reads, start.weights[row + column]) : reads;
    });
    QStringList read;
    for (std::size_t i = 0; i < std::min(positions, most_read); ++i) {
        const std::size_t at = row + columns[i];
        const QString token = visible_token(now.tokens[static_cast<qsizetype>(columns[i])]);
        const QString share = share_text(static_cast<double>(now.weights[at]));
        read << (both
                ? tr("“%1” %2 (at the start %3)")
                      .arg(token, share, share_text(static_cast<double>(start.weights[at])))
                : tr("“%1” %2").arg(token, share));
    }
    return tr("%1: its end reads %2").arg(moment, read.join(QStringLiteral(", ")));
}

void HeadSection::show_answers()
{
    target_figures_->setText(target_text());
    target_figures_->setVisible(!target_figures_->text().isEmpty());
    show_state();
    const auto pattern_of = [](const Answer* answer) -> AttentionContent {
        if (!answer)
            return {};
        const auto& patterns = std::get<AttentionAnswer>(*answer);
        AttentionContent content;
        for (const std::string& token : patterns.tokens)
            content.tokens << QString::fromStdString(token);
        if (!patterns.patterns.empty())
            content.weights = patterns.patterns.front().weights;
        return content;
    };
    AttentionContent now = pattern_of(patterns_.now());
    AttentionContent other = pattern_of(patterns_.start());
    const bool both = !now.weights.empty() && now.weights.size() == other.weights.size();
    const bool difference = difference_->isChecked() && both;
    const Answer* shown = patterns_.now();
    const QString moment = shown ? moment_text(patterns_.iteration(),
                               std::get<AttentionAnswer>(*shown).model.step)
                                 : QString();
    reads_->setText(sentence_text(moment, now, other));
    reads_->setVisible(!now.weights.empty());
    if (difference) {
        other.difference = true;
        for (std::size_t i = 0; i < other.weights.size(); ++i)
            other.weights[i] = now.weights[i] - other.weights[i];
    }
    now_name_->setText(moment);
    other_name_->setText(
        difference ? tr("%1, less the start").arg(moment) : tr("at the start"));
    maps_->setVisible(!now.weights.empty() || !other.weights.empty());
    difference_->setVisible(both);
    now_->set_content(std::move(now));
    other_->set_content(std::move(other));
}

void HeadSection::show_state()
{
    const QString failure = !targets_.failure().isEmpty() ? targets_.failure()
        : !patterns_.failure().isEmpty()                  ? patterns_.failure()
                                                          : tried_.failure();
    const QString progress
        = targets_.progress().isEmpty() ? patterns_.progress() : targets_.progress();
    const bool nothing_yet = !targets_.now() || (!patterns_.now() && patterns_.open());
    state_->show_state(
        failure, waiting_text(progress, nothing_yet && (targets_.open() || patterns_.open())));
}

void HeadSection::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    static_cast<QBoxLayout*>(maps_->layout())
        ->setDirection(
            width() >= room_for_two ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace circuitloom::ui
