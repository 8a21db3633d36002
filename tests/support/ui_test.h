#pragma once

#include <QtTest>

#include <functional>
#include <map>
#include <string>

namespace circuitloom::testing {

/// What must be there while a test class runs.
enum class Application
{
    widgets, ///< a QApplication
    core, ///< a QCoreApplication
    none
};

/// One file of tests/ui or tests/app: all are one program, whose first argument names the file.
struct UiTest
{
    Application application = Application::widgets;
    std::function<int(int argc, char** argv)> run;
};

/// By the name of the file, as in "tst_window".
std::map<std::string, UiTest>& ui_tests();

template <class Test>
bool add_ui_test(const char* file, Application application)
{
    std::string name = file;
    name = name.substr(name.rfind('/') + 1);
    name = name.substr(0, name.rfind('.'));
    return ui_tests()
        .insert({ name,
            { application,
                [](int argc, char** argv) {
                    Test test;
                    return QTest::qExec(&test, argc, argv);
                } } })
        .second;
}

} // namespace circuitloom::testing

/// In place of QTEST_MAIN; once in a file, outside of any namespace.
#define CIRCUITLOOM_UI_TEST(Class, kind)                                                           \
    [[maybe_unused]] static const bool added_##Class = [] {                                        \
        using circuitloom::testing::Application;                                                   \
        return circuitloom::testing::add_ui_test<Class>(__FILE__, kind);                           \
    }();
