// ui_tests FILE [arguments of Qt Test]: runs the test class of one file; without a file, lists
// them.
#include "tests/support/ui_test.h"
#include "ui/base/guarded_application.h"
#include "ui/base/translations.h"

#include <cstdio>

using namespace circuitloom::testing;

std::map<std::string, UiTest>& circuitloom::testing::ui_tests()
{
    static std::map<std::string, UiTest> tests;
    return tests;
}

int main(int argc, char** argv)
{
    const auto found = argc > 1 ? ui_tests().find(argv[1]) : ui_tests().end();
    if (found == ui_tests().end()) {
        std::fprintf(stderr, "The first argument must be one of:\n");
        for (const auto& [name, test] : ui_tests())
            std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    // What is left looks like the arguments of a program of its own.
    argv[1] = argv[0];
    int count = argc - 1;
    char** arguments = argv + 1;
    const UiTest& test = found->second;
    if (test.application == Application::none)
        return test.run(count, arguments);
    if (test.application == Application::core) {
        const QCoreApplication application(count, arguments);
        circuitloom::ui::install_translations(QStringLiteral("en"));
        return test.run(count, arguments);
    }
    const circuitloom::ui::GuardedApplication application(count, arguments);
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi, true);
    circuitloom::ui::install_translations(QStringLiteral("en"));
    return test.run(count, arguments);
}
