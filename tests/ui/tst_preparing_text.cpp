// What the status line says before a run's first step.
#include "tests/support/fake_engine.h"
#include "tests/support/ui_test.h"
#include "ui/session/experiment_session.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

/// Says one thing before its run begins, and goes on when it is told to.
class SpeakingEngine : public circuitloom::testing::FakeEngine
{
public:
    SpeakingEngine(std::string text, std::shared_ptr<const std::atomic<bool>> may_go_on)
        : text_(std::move(text))
        , may_go_on_(std::move(may_go_on))
    {
    }

    RunState tune(const RunConfig& config, const std::filesystem::path& file, RunObserver& observer,
        RunControl& control, std::stop_token stop) override
    {
        observer.preparing(text_);
        while (!*may_go_on_)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return FakeEngine::tune(config, file, observer, control, stop);
    }

private:
    std::string text_;
    std::shared_ptr<const std::atomic<bool>> may_go_on_;
};

} // namespace

class TestPreparingText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void work_goes_on_and_a_sentence_ends_data()
    {
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("shown");
        QTest::newRow("work") << QStringLiteral("reading the task")
                              << QStringLiteral("reading the task…");
        QTest::newRow("sentence") << QStringLiteral("All are known.")
                                  << QStringLiteral("All are known.");
        QTest::newRow("question") << QStringLiteral("Is it meant?")
                                  << QStringLiteral("Is it meant?");
    }

    void work_goes_on_and_a_sentence_ends()
    {
        QFETCH(QString, told);
        QFETCH(QString, shown);
        const QTemporaryDir folder;
        const auto may_go_on = std::make_shared<std::atomic<bool>>(false);
        ExperimentSession session(
            [text = told.toStdString(), may_go_on] {
                return std::make_unique<SpeakingEngine>(text, may_go_on);
            },
            folder.filePath(QStringLiteral("unsaved")));
        RunConfig config = preset("sv-disagreement");
        config.steps = 2;
        session.start(config);
        QTRY_COMPARE_WITH_TIMEOUT(session.preparing(), shown, patience);
        QVERIFY(session.status().endsWith(shown));
        *may_go_on = true;
        QTRY_VERIFY_WITH_TIMEOUT(!session.training(), patience);
    }
};

CIRCUITLOOM_UI_TEST(TestPreparingText, Application::core)
#include "tst_preparing_text.moc"
