// Whatever goes wrong in a command becomes a sentence and an exit code.
#include "app/gui/guarded_command.h"
#include "tests/support/ui_test.h"

#include <QTest>

#include <filesystem>
#include <new>
#include <stdexcept>

using namespace circuitloom;

class TestGuardedCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void all_that_is_thrown_is_said()
    {
        const auto say = [this](const std::string& sentence) { said_ = sentence; };
        QCOMPARE(run_guarded([] { return 7; }, say), 7);
        QCOMPARE(said_, std::string());
        QCOMPARE(run_guarded([]() -> int { throw std::bad_alloc(); }, say), 1);
        QVERIFY(said_.find("too little memory") != std::string::npos);
        QCOMPARE(run_guarded(
                     []() -> int {
                         throw std::filesystem::filesystem_error("cannot rename", "a.png",
                             std::make_error_code(std::errc::no_space_on_device));
                     },
                     say),
            1);
        QVERIFY(said_.find("a.png") != std::string::npos);
        QCOMPARE(run_guarded([]() -> int { throw InputError("No such option."); }, say), 1);
        QCOMPARE(said_, std::string("No such option."));
        QCOMPARE(run_guarded([]() -> int { throw Cancelled("Stopped."); }, say), stopped_by_user);
        QCOMPARE(run_guarded([]() -> int { throw 3; }, say), 1);
        QVERIFY(said_.find("unknown reason") != std::string::npos);
    }

private:
    std::string said_;
};

CIRCUITLOOM_UI_TEST(TestGuardedCommand, Application::none)
#include "tst_guarded_command.moc"
