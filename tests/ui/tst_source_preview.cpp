#include "core/tasks/task.h"
#include "tests/support/ui_test.h"
#include "ui/dialogs/source_preview.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

/// Its tokens are single letters and some pairs, as “ab”.
const std::string model = CIRCUITLOOM_SOURCE_DIR "/tests/data/tiny_gpt2";
constexpr int max_tokens = 64;

QString texts_of(const SourcePreview::Example& example)
{
    QStringList texts;
    for (const SourcePreview::Token& token : example.tokens)
        texts << token.text + (token.predicts ? QStringLiteral(">") : QString())
                + (token.target ? QStringLiteral("!") : QString());
    return texts.join(u' ');
}

} // namespace

/// What the dialog New run shows of a task and of a capability suite before anything is trained.
class TestSourcePreview : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    std::string file(const char* name, const QByteArray& content) const
    {
        QFile written(folder_.filePath(QString::fromLatin1(name)));
        if (!written.open(QFile::WriteOnly) || written.write(content) != content.size())
            qFatal("The test's folder cannot be written to.");
        return written.fileName().toStdString();
    }

private Q_SLOTS:
    void a_task_shows_what_is_predicted_after_which_token()
    {
        const std::string task = file("task.jsonl",
            QByteArray::fromStdString(to_jsonl({ { "abcx", { { 3, 4, "y" } }, {} },
                { "cdxbx", { { 2, 3, "y" }, { 4, 5, "z" } }, {} } })));
        const SourcePreview preview = preview_task(model, task, max_tokens);
        QCOMPARE(preview.problem, QString());
        QCOMPARE(preview.count, 2);
        QCOMPARE(preview.examples.size(), std::size_t{ 2 });
        QCOMPARE(texts_of(preview.examples[0]), QStringLiteral("ab c> x!"));
        QCOMPARE(texts_of(preview.examples[1]), QStringLiteral("c d> x! b> x!"));
        QCOMPARE(preview.examples[1].scored,
            (QStringList{ QStringLiteral("after token 2, “d”: “x” against “y”"),
                QStringLiteral("after token 4, “b”: “x” against “z”") }));
        QCOMPARE(preview.longest, 5);
        QCOMPARE(preview.targets, 2);
        QCOMPARE(preview.summary, QStringLiteral("2 examples, all of which can be scored."));
    }

    void a_task_says_how_many_examples_are_left_out_and_why()
    {
        std::vector<TaskExample> examples(3, { "abcx", { { 3, 4, "y" } }, {} });
        examples.push_back({ "xab", { { 0, 1, "y" } }, {} }); // nothing stands before its target
        const SourcePreview preview = preview_task(
            model, file("some.jsonl", QByteArray::fromStdString(to_jsonl(examples))), max_tokens);
        QVERIFY2(preview.summary.startsWith(QStringLiteral("4 examples; 1 cannot be scored: ")),
            qPrintable(preview.summary));
        QCOMPARE(preview.examples.size(), std::size_t{ 3 });
        QVERIFY(preview.problem.isEmpty());

        const SourcePreview none = preview_task(model,
            file("none.jsonl",
                QByteArray::fromStdString(to_jsonl({ { "xab", { { 0, 1, "y" } }, {} } }))),
            max_tokens);
        QVERIFY2(none.problem.contains(QStringLiteral("none.jsonl has no example")),
            qPrintable(none.problem));
    }

    void of_a_long_task_the_first_examples_are_looked_at()
    {
        std::vector<TaskExample> examples(250, { "abcx", { { 3, 4, "y" } }, {} });
        examples[3].text = "acdefgx";
        examples[3].spans = { { 6, 7, "y" } };
        examples[240].text = std::string(30, 'a') + "x"; // beyond what is looked at
        examples[240].spans = { { 30, 31, "y" } };
        const SourcePreview preview = preview_task(
            model, file("long.jsonl", QByteArray::fromStdString(to_jsonl(examples))), max_tokens);
        QCOMPARE(preview.count, 250);
        QCOMPARE(preview.longest, 7);
        QCOMPARE(preview.examples.size(), std::size_t{ 3 });
        QCOMPARE(preview.summary, QStringLiteral("250 examples; the first 200 can all be scored."));
    }

    void a_suite_of_choices_shows_the_right_one_and_the_others()
    {
        const std::string suite = file("suite.jsonl",
            R"({"prompt": "ab", "choices": ["x", "yz"], "answer": 1}
{"prompt": "cd", "choices": ["x", "y", "z"], "answer": 0}
)");
        const SourcePreview preview = preview_suite(model, suite, max_tokens);
        QCOMPARE(preview.problem, QString());
        QCOMPARE(preview.examples.size(), std::size_t{ 2 });
        QVERIFY2(texts_of(preview.examples[0]).endsWith(QStringLiteral("ab> y>! z!")),
            qPrintable(texts_of(preview.examples[0])));
        QCOMPARE(preview.examples[0].scored,
            QStringList{ QStringLiteral("right is “yz” among 2 choices, not “x”") });
        QCOMPARE(preview.examples[1].scored,
            QStringList{ QStringLiteral("right is “x” among 3 choices") });
        QCOMPARE(preview.summary, QStringLiteral("2 examples, all of which can be scored."));
    }

    void a_text_shows_how_it_begins()
    {
        const SourcePreview preview = preview_suite(model, file("text.txt", "abc"), max_tokens);
        QCOMPARE(preview.examples.size(), std::size_t{ 1 });
        QVERIFY2(texts_of(preview.examples[0]).endsWith(QStringLiteral("ab c")),
            qPrintable(texts_of(preview.examples[0])));
        QVERIFY(preview.summary.contains(QStringLiteral("perplexity")));
    }

    void what_cannot_be_read_is_a_sentence()
    {
        for (const SourcePreview& preview :
            { preview_task(model, file("bad.jsonl", "{"), max_tokens),
                preview_suite(model, file("bad.jsonl", "{"), max_tokens),
                preview_task(folder_.filePath(QStringLiteral("nothing")).toStdString(),
                    file("task.jsonl", "{}"), max_tokens) }) {
            QVERIFY(preview.examples.empty());
            QVERIFY2(preview.problem.contains(folder_.path()), qPrintable(preview.problem));
            QVERIFY(!preview.problem.contains(u'\n'));
        }
    }
};

CIRCUITLOOM_UI_TEST(TestSourcePreview, Application::widgets)
#include "tst_source_preview.moc"
