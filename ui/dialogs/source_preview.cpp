#include "ui/dialogs/source_preview.h"

#include "core/tasks/encoded_choices.h"
#include "core/tasks/encoded_task.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tasks/left_out.h"
#include "core/tasks/worded_task.h"
#include "core/tokenizer/chat_prompt.h"
#include "core/tokenizer/model_tokenizer.h"
#include "ui/base/quoted_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <exception>

namespace circuitloom::ui {

namespace {

constexpr std::size_t shown_examples = 3;
constexpr std::size_t looked_at = 200; ///< enough to know a file, quick with a long one

class Words
{
    Q_DECLARE_TR_FUNCTIONS(SourcePreview)
};

QString quoted(const Tokenizer& tokenizer, std::int32_t id)
{
    return quoted_text(QString::fromStdString(tokenizer.token_text(id)));
}

QString counted(std::size_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

std::vector<SourcePreview::Token> tokens_of(
    const std::vector<std::int32_t>& ids, const Tokenizer& tokenizer)
{
    std::vector<SourcePreview::Token> tokens;
    for (const std::int32_t id : ids)
        tokens.push_back({ QString::fromStdString(tokenizer.token_text(id)), false, false });
    return tokens;
}

SourcePreview::Example example_of(const EncodedExample& encoded, const Tokenizer& tokenizer)
{
    SourcePreview::Example example{ tokens_of(encoded.ids, tokenizer), {} };
    for (const ScoredTarget& target : encoded.targets) {
        const auto at = static_cast<std::size_t>(target.position);
        example.tokens[at].predicts = true;
        example.tokens[at + 1].target = true;
        const QString place = QString::number(at + 1);
        const QString last = quoted(tokenizer, encoded.ids[at]);
        const QString wanted = quoted(tokenizer, target.target);
        example.scored << (target.alternative < 0
                ? Words::tr("after token %1, %2: %3").arg(place, last, wanted)
                : Words::tr("after token %1, %2: %3 against %4")
                      .arg(place, last, wanted, quoted(tokenizer, target.alternative)));
    }
    return example;
}

SourcePreview::Example example_of(const EncodedItem& item, const Tokenizer& tokenizer)
{
    const EncodedChoice& answer = item.choices[static_cast<std::size_t>(item.answer)];
    SourcePreview::Example example{ tokens_of(answer.ids, tokenizer), {} };
    const auto first = static_cast<std::size_t>(answer.first);
    for (std::size_t i = first; i < answer.ids.size(); ++i) {
        example.tokens[i - 1].predicts = true;
        example.tokens[i].target = true;
    }
    QStringList others;
    for (std::size_t i = 0; i < item.choices.size(); ++i) {
        const EncodedChoice& choice = item.choices[i];
        const std::vector<std::int32_t> rest(choice.ids.begin() + choice.first, choice.ids.end());
        const QString text = quoted_text(QString::fromStdString(tokenizer.decode(rest)));
        if (static_cast<int>(i) == item.answer)
            others.prepend(text);
        else
            others.append(text);
    }
    const QString choices = QString::number(item.choices.size());
    example.scored << (others.size() == 2
            ? Words::tr("right is %1 among %2 choices, not %3")
                  .arg(others.constFirst(), choices, others.constLast())
            : Words::tr("right is %1 among %2 choices").arg(others.constFirst(), choices));
    return example;
}

/// As in "2,000 examples; of the first 200, 3 cannot be scored: …".
QString summary_of(std::size_t all, std::size_t seen, std::size_t used, const QString& reason)
{
    const int number = static_cast<int>(all);
    if (used == seen)
        return seen < all
            ? Words::tr("%1 examples; the first %2 can all be scored.")
                  .arg(counted(all), counted(seen))
            : Words::tr("%Ln example(s), all of which can be scored.", nullptr, number);
    const QString text = seen < all
        ? Words::tr("%1 examples; of the first %2, %3 cannot be scored")
              .arg(counted(all), counted(seen), counted(seen - used))
        : Words::tr("%Ln example(s); %1 cannot be scored", nullptr, number)
              .arg(counted(seen - used));
    return reason.isEmpty() ? text + u'.' : Words::tr("%1: %2.").arg(text, reason);
}

template <class Work>
SourcePreview guarded(const Work& work)
{
    try {
        return work();
    } catch (const std::exception& reason) {
        SourcePreview failed;
        failed.problem = QString::fromUtf8(reason.what());
        return failed;
    }
}

} // namespace

namespace {

SourcePreview preview_of_questions(WordedQuestions questions, const ModelFiles& files,
    const Tokenizer& tokenizer, int max_tokens)
{
    SourcePreview preview;
    const std::size_t all = questions.questions.size();
    preview.count = static_cast<int>(all);
    questions.questions.resize(std::min(all, looked_at));
    const EncodedTask task = encode_worded_task(questions, ChatPrompt(files), max_tokens);
    for (const EncodedExample& example : task.examples) {
        preview.longest = std::max(preview.longest, static_cast<int>(example.ids.size()));
        preview.targets = std::max(preview.targets, static_cast<int>(example.targets.size()));
        if (preview.examples.size() < shown_examples)
            preview.examples.push_back(example_of(example, tokenizer));
    }
    preview.summary = summary_of(all, questions.questions.size(), task.examples.size(),
        task.dropped.empty() ? QString() : QString::fromStdString(task.dropped.front()));
    return preview;
}

} // namespace

SourcePreview preview_task(const std::string& model, const std::string& source, int max_tokens)
{
    return guarded([&] {
        const ModelFiles files = open_model_files(model);
        const Tokenizer tokenizer = tokenizer_of(files);
        if (auto questions = worded_questions_of(source))
            return preview_of_questions(*std::move(questions), files, tokenizer, max_tokens);
        std::vector<LeftOut> left_out;
        std::vector<TaskExample> examples;
        if (is_generated_task(source))
            examples = generate_task(source, looked_at, generated_seed, tokenizer).examples;
        else
            examples = load_task(source, &left_out);
        SourcePreview preview;
        preview.count = is_generated_task(source) ? static_cast<int>(generated_examples)
                                                  : static_cast<int>(examples.size());
        const std::size_t seen = std::min(examples.size(), looked_at);
        std::size_t used = 0;
        std::vector<LeftOut> doubts;
        for (std::size_t i = 0; i < seen; ++i) {
            const ExampleEncoding encoding = encode_example(examples[i], tokenizer, max_tokens);
            left_out.insert(left_out.end(), encoding.left_out.begin(), encoding.left_out.end());
            preview.longest
                = std::max(preview.longest, static_cast<int>(encoding.example.ids.size()));
            preview.targets
                = std::max(preview.targets, static_cast<int>(encoding.example.targets.size()));
            if (encoding.example.targets.empty())
                continue;
            ++used;
            doubts.insert(doubts.end(), encoding.doubts.begin(), encoding.doubts.end());
            if (preview.examples.size() < shown_examples)
                preview.examples.push_back(example_of(encoding.example, tokenizer));
        }
        const std::vector<ReasonCount> reasons = count_reasons(left_out);
        if (is_generated_task(source))
            preview.summary = Words::tr("Drawn for this model's tokenizer, up to %1 examples.")
                                  .arg(counted(generated_examples));
        else
            preview.summary = summary_of(examples.size(), seen, used,
                reasons.empty() ? QString() : QString::fromStdString(reasons.front().reason));
        for (const ReasonCount& doubt : count_reasons(doubts))
            preview.summary += QLatin1Char(' ')
                + Words::tr("%Ln target(s) look(s) like a mistake: %1.", nullptr,
                    static_cast<int>(doubt.count))
                      .arg(QString::fromStdString(doubt.reason));
        if (used == 0)
            preview.problem = Words::tr("The task %1 has no example this model can be scored on.")
                                  .arg(QString::fromStdString(source));
        return preview;
    });
}

SourcePreview preview_suite(const std::string& model, const std::string& source, int max_tokens)
{
    return guarded([&] {
        const ModelFiles files = open_model_files(model);
        const Tokenizer tokenizer = tokenizer_of(files);
        const CapabilitySuite suite = load_suite("preview", source);
        SourcePreview preview;
        if (!suite.text.empty()) {
            const std::string start = suite.text.substr(0, 400);
            preview.examples.push_back({ tokens_of(tokenizer.encode(start), tokenizer), {} });
            preview.summary = Words::tr("A text: its perplexity is measured, token by token.");
            return preview;
        }
        const std::vector<WordedQuestion>& questions = suite.worded.questions;
        if (!questions.empty()) {
            const ChatPrompt chat(files);
            for (std::size_t i = 0; i < std::min(questions.size(), shown_examples); ++i)
                preview.examples.push_back(
                    { tokens_of(chat.question(questions[i].question), tokenizer), {} });
            preview.summary
                = Words::tr("Questions that the model answers in words: %1.").arg(questions.size());
            return preview;
        }
        const std::size_t seen = std::min(suite.items.size(), looked_at);
        const std::vector<ChoiceItem> first(
            suite.items.begin(), suite.items.begin() + static_cast<std::ptrdiff_t>(seen));
        const EncodedChoices encoded = encode_choices(first, tokenizer, max_tokens);
        for (std::size_t i = 0; i < std::min(encoded.items.size(), shown_examples); ++i)
            preview.examples.push_back(example_of(encoded.items[i], tokenizer));
        preview.summary = summary_of(suite.items.size(), seen, encoded.items.size(),
            encoded.dropped.empty() ? QString() : QString::fromStdString(encoded.dropped.front()));
        return preview;
    });
}

} // namespace circuitloom::ui
