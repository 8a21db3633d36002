// Panels as wide as they are at first, in both languages: every button says its whole text.
#include "tests/support/fake_engine.h"
#include "tests/support/open_experiment.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/base/translations.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QFile>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::FakeEngine;
using circuitloom::testing::open_in_window;

class TestDockedControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
        QVERIFY(QFile::copy(
            QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/resources/samples/sv-disagreement.loom"),
            sample()));
        QFile::setPermissions(sample(), QFile::ReadOwner | QFile::WriteOwner);
    }

    void init() { QSettings().clear(); }

    void buttons_say_their_whole_text_data()
    {
        QTest::addColumn<QString>("language");
        for (const char* language : { "en", "de" }) // German stays, so it comes last
            QTest::newRow(language) << QString::fromLatin1(language);
    }

    void buttons_say_their_whole_text()
    {
        QFETCH(const QString, language);
        QCOMPARE(install_translations(language), language);
        MainWindow window([] { return std::make_unique<FakeEngine>(); },
            folder_.filePath(QStringLiteral("kept")));
        window.resize(1400, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(open_in_window(window, sample()));
        int seen = 0;
        QStringList cut;
        for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
            // As wide as it is at first beside the circuit, at least.
            const int width = dock->objectName() == QStringLiteral("curvesDock") ? 880
                : dock->objectName() == QStringLiteral("runsDock")               ? 236
                                                                                 : 232;
            dock->setFloating(true);
            dock->resize(width, 700);
            dock->show();
            look(*dock, seen, cut);
            for (QTabBar* tabs : dock->findChildren<QTabBar*>())
                for (int i = 1; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    look(*dock, seen, cut);
                }
        }
        look(*window.centralWidget(), seen, cut);
        QVERIFY(seen > 20);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
    }

private:
    QString sample() const { return folder_.filePath(QStringLiteral("sample.loom")); }

    static void look(QWidget& in, int& seen, QStringList& cut)
    {
        QStringList found;
        // What is laid out a moment later may take longer than that on a busy machine.
        for (int tries = 0; tries == 0 || (!found.isEmpty() && tries < 20); ++tries) {
            QTest::qWait(50);
            found.clear();
            for (const auto* button : in.findChildren<QAbstractButton*>()) {
                if (!button->isVisible() || button->text().size() < 2) // ⋯ and + are small
                    continue;
                ++seen;
                if (button->width() < button->sizeHint().width())
                    found << in.objectName() + QStringLiteral(": ") + button->text()
                            + QStringLiteral(" has %1 of %2 pixels")
                                  .arg(button->width())
                                  .arg(button->sizeHint().width());
            }
        }
        cut << found;
    }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestDockedControls, Application::widgets)
#include "tst_docked_controls.moc"
