#include "ui/tryit/try_it_panel.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <cmath>

namespace circuitloom::ui {

namespace {

const QString now_asker = QStringLiteral("try it, now");
const QString start_asker = QStringLiteral("try it, at the start");
constexpr int shown_words = 8;
constexpr int rest = 60; ///< milliseconds without a change before the engine is asked

std::vector<double> probabilities(const std::optional<NextTokenAnswer>& answer)
{
    std::vector<double> values;
    if (answer)
        for (const double value : answer->log_probabilities)
            values.push_back(std::exp(value));
    return values;
}

} // namespace

TryItPanel::TryItPanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , text_(new QLineEdit(this))
    , state_(new QLabel(this))
    , bars_(new NextWordBars(this))
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
    state_->setWordWrap(true);
    bars_->setObjectName(QStringLiteral("tryItBars"));
    bars_->setAccessibleName(tr("Next words"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(6);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 0, 16, 0);
    top->setSpacing(6);
    top->addWidget(heading);
    top->addWidget(text_);
    top->addWidget(state_);
    column->addLayout(top);
    column->addWidget(bars_);
    column->addStretch();

    wait_.setSingleShot(true);
    wait_.setInterval(rest);
    connect(&wait_, &QTimer::timeout, this, &TryItPanel::ask);
    const auto soon = [this] { wait_.start(); };
    text_->setText(context_.sentence());
    connect(text_, &QLineEdit::textChanged, this, soon);
    connect(text_, &QLineEdit::textChanged, &context_, &PanelContext::set_sentence);
    connect(&context_, &PanelContext::sentence_changed, this, [this] {
        if (text_->text() != context_.sentence())
            text_->setText(context_.sentence());
    });
    connect(&context_, &PanelContext::place_changed, this, soon);
    const auto take_theme = [this] { bars_->set_theme(context_.theme()); };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
    ask();
}

void TryItPanel::set_text(const QString& text)
{
    text_->setText(text);
}

void TryItPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    wait_.start();
}

void TryItPanel::ask()
{
    if (!isVisible())
        return;
    const std::optional<ShownPlace> place = context_.place();
    const QString text = text_->text();
    if (!place || text.isEmpty()) {
        context_.forget(now_asker);
        context_.forget(start_asker);
        now_.reset();
        start_.reset();
        asked_of_.reset();
        bars_->set_words({});
        say(place ? QString()
                  : tr("Open an experiment, or run the demo: then the model of each "
                       "iteration can be tried here."));
        return;
    }
    const bool same_run
        = asked_of_ && asked_of_->file == place->file && asked_of_->run == place->run;
    const bool same_text = same_run && asked_text_ == text;
    if (same_text && asked_of_->iteration == place->iteration && now_)
        return;
    asked_of_ = place;
    asked_text_ = text;
    if (!same_text || !start_) {
        start_.reset();
        ask_for(start_asker, place->start(), start_);
    }
    ask_for(now_asker, place->moment(), now_);
}

void TryItPanel::ask_for(
    const QString& asker, const RunMoment& moment, std::optional<NextTokenAnswer>& place)
{
    NextTokenQuestion question;
    question.model = moment;
    question.text = asked_text_.toStdString();
    question.likeliest = 0;
    question.whole_vocabulary = true;
    question.token_texts = true;
    context_.ask(*this, asker, question,
        { [this, &place](const Answer& answer) {
             place = std::get<NextTokenAnswer>(answer);
             show_answers();
         },
            [this](const QString& sentence) { say(sentence); },
            [this](const QString& what, int done, int total) {
                say(tr("%1 (%2 of %3)").arg(what).arg(done).arg(total));
            } });
}

void TryItPanel::show_answers()
{
    TokenProbabilities tokens;
    tokens.now = probabilities(now_);
    tokens.start = probabilities(start_);
    const auto& texts = now_ ? now_->vocabulary : start_->vocabulary;
    for (const std::string& text : texts)
        tokens.words.push_back(QString::fromStdString(text).trimmed());
    bars_->set_words(likeliest_words(tokens, shown_words));
    if (now_)
        say(tr("iteration %1, after step %2").arg(asked_of_->iteration).arg(now_->model.step));
}

void TryItPanel::say(const QString& sentence)
{
    state_->setText(sentence);
}

} // namespace circuitloom::ui
