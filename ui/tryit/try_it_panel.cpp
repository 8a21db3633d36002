#include "ui/tryit/try_it_panel.h"

#include "ui/base/scrolling.h"
#include "ui/panels/moment_text.h"
#include "ui/panels/scrolled_column.h"
#include "ui/tryit/example_menu.h"
#include "ui/tryit/run_circuit.h"
#include "ui/tryit/run_course.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int shown_words = 6;
constexpr int continuation = 8; ///< tokens
constexpr int rest = 60; ///< milliseconds without a change before the engine is asked

QLineEdit* word_field(const QString& name, const QString& title, QWidget* parent)
{
    auto* field = new QLineEdit(parent);
    field->setObjectName(name);
    field->setPlaceholderText(title);
    field->setAccessibleName(title);
    field->setToolTip(TryItPanel::tr(
        "%1: a token that is always listed, as in “is”; the space before it is added where the "
        "sentence does not end in one").arg(title));
    return field;
}

} // namespace

TryItPanel::TryItPanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , text_(new QLineEdit(this))
    , examples_(new ExampleMenu(context, this))
    , target_(word_field(QStringLiteral("tryItTarget"), tr("Target"), this))
    , alternative_(word_field(QStringLiteral("tryItAlternative"), tr("Alternative"), this))
    , state_(new QLabel(this))
    , bars_(new NextWordBars(this))
    , continuations_(new QLabel(this))
    , course_(new RunCourse(context, this))
    , models_(context, QStringLiteral("try it"), this)
    , alone_model_(context, QStringLiteral("try it, the circuit alone"), this)
{
    build();
    wait_.setSingleShot(true);
    wait_.setInterval(rest);
    connect(&wait_, &QTimer::timeout, this, &TryItPanel::ask);
    connect_context();
    ask();
}

void TryItPanel::build()
{
    setObjectName(QStringLiteral("tryIt"));
    setAttribute(Qt::WA_StyledBackground);
    auto* heading = new QLabel(tr("TRY IT"), this);
    heading->setProperty("heading", true);
    text_->setObjectName(QStringLiteral("tryItText"));
    text_->setPlaceholderText(tr("Type the beginning of a sentence"));
    text_->setAccessibleName(tr("Text that the model continues"));
    text_->setClearButtonEnabled(true);
    state_->setObjectName(QStringLiteral("tryItState"));
    state_->setProperty("dim", true);
    state_->setTextFormat(Qt::PlainText); // words from files come through it
    state_->setWordWrap(true);
    bars_->setObjectName(QStringLiteral("tryItBars"));
    bars_->setAccessibleName(tr("Next words"));
    continuations_->setObjectName(QStringLiteral("tryItContinuations"));
    continuations_->setWordWrap(true);
    continuations_->setTextFormat(Qt::PlainText);
    continuations_->setTextInteractionFlags(
        Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    continuations_->setContentsMargins(16, 0, 16, 0);

    QVBoxLayout* column = scrolled_column(*this, QStringLiteral("tryItScroll"));
    column->setContentsMargins(0, 8, 0, 8); // the bars take the whole width
    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 0, 16, 0);
    top->setSpacing(6);
    auto* title = new QHBoxLayout;
    title->addWidget(heading);
    title->addStretch();
    title->addWidget(examples_);
    top->addLayout(title);
    top->addWidget(text_);
    auto* words = new QHBoxLayout;
    words->addWidget(target_);
    words->addWidget(alternative_);
    top->addLayout(words);
    top->addWidget(state_);
    column->addLayout(top);
    column->addWidget(bars_);
    column->addWidget(continuations_);
    column->addWidget(course_);
    column->addStretch();
    setTabOrder(text_, target_);
    setTabOrder(target_, alternative_);
}

void TryItPanel::connect_context()
{
    const auto soon = [this] { wait_.start(); };
    text_->setText(context_.sentence());
    connect(text_, &QLineEdit::textChanged, this, soon);
    show_candidates();
    for (QLineEdit* field : { target_, alternative_ }) {
        connect(field, &QLineEdit::textChanged, this, soon);
        connect(field, &QLineEdit::textChanged, &context_, [this] {
            if (!showing_candidates_) // half of them are still the old ones
                context_.set_candidates({ target_->text(), alternative_->text() });
        });
    }
    connect(&context_, &PanelContext::candidates_changed, this, &TryItPanel::show_candidates);
    connect(text_, &QLineEdit::textChanged, &context_, &PanelContext::set_sentence);
    connect(text_, &QLineEdit::textChanged, this, &TryItPanel::recognise);
    connect(examples_, &ExampleMenu::changed, this, &TryItPanel::recognise);
    connect(examples_, &ExampleMenu::chosen, this, &TryItPanel::choose);
    for (QLineEdit* field : { text_, target_, alternative_ })
        connect(field, &QLineEdit::returnPressed, this, [this] {
            reveal(*bars_);
            reveals_ = !bars_->isEnabled() || wait_.isActive() || bars_->words().empty();
        });
    connect(&context_, &PanelContext::sentence_changed, this, [this] {
        if (text_->text() != context_.sentence())
            text_->setText(context_.sentence());
    });
    // While the timeline plays there is no rest: then as often as the engine answers.
    connect(&context_, &PanelContext::place_changed, this, [this] {
        if (!wait_.isActive())
            wait_.start();
    });
    connect(&models_, &NowAndStart::changed, this, &TryItPanel::show_models);
    connect(&context_, &PanelContext::run_grown, this, [this] {
        if (!asked_of_) // it may have its first iteration now
            wait_.start();
    });
    const auto take_theme = [this] { bars_->set_theme(context_.theme()); };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
}

void TryItPanel::set_text(const QString& text)
{
    text_->setText(text);
}

void TryItPanel::show_candidates()
{
    const CandidateWords words = context_.candidates();
    const QScopedValueRollback showing(showing_candidates_, true);
    if (target_->text() != words.target)
        target_->setText(words.target);
    if (alternative_->text() != words.alternative)
        alternative_->setText(words.alternative);
}

void TryItPanel::choose(const TaskSentence& sentence)
{
    context_.set_candidates({ sentence.target, sentence.alternative });
    text_->setText(sentence.text);
}

void TryItPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    wait_.start();
}

void TryItPanel::recognise()
{
    const auto found = examples_->find(text_->text());
    if (!found || !target_->text().isEmpty())
        return;
    context_.set_candidates({ found->target, found->alternative });
}

TriedText TryItPanel::subject() const
{
    return { text_->text(), word_after(text_->text(), target_->text()),
        word_after(text_->text(), alternative_->text()) };
}

void TryItPanel::clear(const QString& why)
{
    models_.drop();
    alone_model_.drop();
    alone_asked_.reset();
    alone_.reset();
    asked_of_.reset();
    bars_->set_words({});
    continuations_->clear();
    say(why);
}

void TryItPanel::ask()
{
    if (!isVisible())
        return;
    examples_->refresh();
    const std::optional<ShownPlace> place = context_.place();
    const TriedText subject = this->subject();
    course_->set_subject(subject);
    if (!place || subject.text.isEmpty()) {
        clear(place    ? QString()
                : context_.run()
                ? tr("This run has no circuit yet: once it has one, the model of each iteration can "
                     "be tried here.")
                : tr("Open an experiment, or run the demo: then the model of each iteration can be "
                     "tried here."));
        return;
    }
    const bool same_run
        = asked_of_ && asked_of_->file == place->file && asked_of_->run == place->run;
    if (!same_run || asked_ != subject) {
        alone_asked_.reset();
        alone_.reset();
        without_candidates_ = false;
        refusal_.clear();
        show_outdated();
    }
    asked_of_ = place;
    asked_ = subject;
    const QString key = QStringList{ subject.text, subject.target, subject.alternative,
        without_candidates_ ? QStringLiteral("without") : QString() }
                            .join(u'\n');
    models_.want(*place, key, [this](const RunMoment& moment) { return question_of(moment); });
    if (alone_asked_ != place->iteration)
        ask_alone(*place);
}

void TryItPanel::show_outdated()
{
    bars_->setEnabled(false);
    continuations_->setEnabled(false);
    say(tr("Asking the model …"));
}

NextTokenQuestion TryItPanel::question_of(const RunMoment& moment) const
{
    NextTokenQuestion question;
    question.model = moment;
    question.text = asked_.text.toStdString();
    question.likeliest = shown_words;
    question.whole_vocabulary = true;
    question.continuation = continuation;
    if (!without_candidates_)
        question.candidates = candidates_of(asked_);
    return question;
}

void TryItPanel::ask_alone(const ShownPlace& place)
{
    const RunCircuit circuit = circuit_of(context_.run(), place.moment());
    no_circuit_ = circuit.alone ? QString() : circuit.note;
    if (!circuit.alone) {
        alone_model_.drop();
        alone_asked_.reset();
        alone_.reset();
        return;
    }
    alone_asked_ = place.iteration;
    NextTokenQuestion question = question_of(place.moment());
    question.circuit = circuit.alone;
    alone_model_.want(question,
        { [this, iteration = place.iteration, note = circuit.note](const Answer& answer) {
             alone_ = Alone{ iteration, note, std::get<NextTokenAnswer>(answer) };
             show_answers();
         },
            [this](const QString& sentence) { failed(sentence); },
            [this](const QString& what, int done, int total) {
                tell_progress(tr("%1 (%2 of %3)").arg(what).arg(done).arg(total));
            } });
}

// Target and alternative may be at fault: the rest is told without them.
void TryItPanel::failed(const QString& sentence)
{
    if (without_candidates_ || candidates_of(asked_).empty()) {
        say(sentence);
        return;
    }
    without_candidates_ = true;
    refusal_ = sentence;
    alone_asked_.reset();
    alone_.reset();
    ask();
}

void TryItPanel::show_models()
{
    if (const QString sentence = models_.failure(); !sentence.isEmpty()) {
        failed(sentence);
        return;
    }
    if (models_.now() || models_.start())
        show_answers();
    if (models_.open() && !models_.progress().isEmpty())
        tell_progress(models_.progress());
}

void TryItPanel::tell_progress(const QString& progress)
{
    say(models_.now() ? shown_of() + QStringLiteral(" · ") + progress : progress);
}

AskedAnswers TryItPanel::answers() const
{
    const auto of = [](const Answer* answer) {
        return answer ? std::optional(std::get<NextTokenAnswer>(*answer)) : std::nullopt;
    };
    AskedAnswers answers{ of(models_.now()), of(models_.start()), std::nullopt };
    // Side by side stand figures of one iteration alone.
    if (alone_ && (!answers[0] || alone_->iteration == models_.iteration()))
        answers[static_cast<std::size_t>(Asked::circuit)] = alone_->answer;
    return answers;
}

QString TryItPanel::shown_of() const
{
    const Answer* now = models_.now();
    if (!now)
        return {};
    return moment_text(models_.iteration(), std::get<NextTokenAnswer>(*now).model.step);
}

void TryItPanel::show_answers()
{
    const AskedAnswers answers = this->answers();
    bars_->set_words(next_words(answers, shown_words));
    bars_->setEnabled(true);
    continuations_->setEnabled(true);
    QStringList lines;
    for (std::size_t i = 0; i < asked_count; ++i) {
        if (!answers[i])
            continue;
        QString words = QString::fromStdString(answers[i]->continued);
        if (words.startsWith(asked_.text))
            words = words.mid(asked_.text.size());
        lines << tr("%1: …%2").arg(asked_name(static_cast<Asked>(i)), words);
    }
    continuations_->setText(lines.join(QLatin1Char('\n')));
    if (!models_.now())
        return;
    QString state = shown_of();
    const QString note
        = answers[static_cast<std::size_t>(Asked::circuit)] ? alone_->note : no_circuit_;
    if (!note.isEmpty())
        state += QStringLiteral(" · ") + note;
    if (const QString spaced = added_spaces(); !spaced.isEmpty())
        state += QLatin1Char('\n') + spaced;
    if (!refusal_.isEmpty())
        state += QLatin1Char('\n') + refusal_;
    say(state);
    if (std::exchange(reveals_, false))
        reveal(*bars_);
}

QString TryItPanel::added_spaces() const
{
    QStringList words;
    for (const auto& [typed, asked] : { std::pair{ target_->text(), asked_.target },
             std::pair{ alternative_->text(), asked_.alternative } })
        if (typed != asked && typed == asked.trimmed())
            words << tr("“%1”").arg(asked);
    return words.isEmpty()
        ? QString()
        : tr("asked with the space between words: %1").arg(words.join(QStringLiteral(", ")));
}

void TryItPanel::say(const QString& sentence)
{
    state_->setText(sentence);
}

} // namespace circuitloom::ui
