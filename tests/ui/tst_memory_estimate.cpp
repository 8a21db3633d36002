#include "core/architecture/model_files.h"
#include "core/run/compute_devices.h"
#include "core/run/run_estimate.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/dialogs/memory_bar.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/theme/style_sheet.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine

/// A machine whose processor and card have so many bytes free.
Devices machine(std::int64_t processor, std::int64_t card)
{
    return { { { "cpu", "a processor", 2, processor, processor, "" },
                 { "cuda:0", "a card", 0, card, card, "9.0" } },
        "cuda:0", "It is the only card." };
}

std::int64_t needed(const NewRunDialog& dialog)
{
    const ModelFiles files = open_model_description(dialog.config().model);
    return estimate_run(dialog.config(), parse_model_config(files.config_json, files.config_origin))
        .first_memory.total();
}

} // namespace

class TestMemoryEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(settings_.isValid());
        testing::keep_settings_in(settings_.path());
    }

    void what_does_not_fit_is_said_and_one_button_makes_it_fit();
    void no_text_of_the_dialog_is_cut_off();
    void the_device_that_is_asked_for_counts();
    void the_bar_shows_the_parts_in_proportion();

private:
    QTemporaryDir settings_;
};

void TestMemoryEstimate::what_does_not_fit_is_said_and_one_button_makes_it_fit()
{
    NewRunDialog dialog;
    dialog.show();
    const auto* fits = dialog.findChild<QLabel*>(QStringLiteral("fitsEstimate"));
    auto* fit = dialog.findChild<QPushButton*>(QStringLiteral("fitRun"));
    const auto* bar = dialog.findChild<MemoryBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), patience);
    QVERIFY(!fits->isVisible()); // of no device anything is known
    QVERIFY(!fit->isVisible());

    dialog.set_devices(machine(std::int64_t{ 1 } << 40, std::int64_t{ 1 } << 40));
    QTRY_VERIFY_WITH_TIMEOUT(fits->isVisible(), patience);
    QVERIFY(fits->text().startsWith(QStringLiteral("a card has")));
    QVERIFY(!fit->isVisible());

    const RunConfig before = dialog.config();
    // The examples are shorter than a run may take, so it needs less than without them.
    const std::int64_t most = needed(dialog);
    for (std::int64_t free = most; !fit->isVisible() && free > most / 8; free -= most / 32) {
        dialog.set_devices(machine(std::int64_t{ 1 } << 40, free));
        const QString size = QLocale().formattedDataSize(free, 1, QLocale::DataSizeSIFormat);
        QTRY_VERIFY_WITH_TIMEOUT(fits->text().contains(size), patience);
    }
    QVERIFY(fit->isVisible());
    QVERIFY(fits->text().contains(QStringLiteral("does not fit")));
    const QString said = fits->text();
    fit->click();
    const std::vector<std::string> changes = changed_settings(before, dialog.config());
    QVERIFY(!changes.empty());
    for (const std::string& change : changes)
        QVERIFY(said.contains(QString::fromStdString(change.substr(change.find('=') + 1))));
    QTRY_VERIFY_WITH_TIMEOUT(!fit->isVisible(), patience);

    dialog.set_devices(machine(std::int64_t{ 1 } << 40, 1'000'000));
    QTRY_VERIFY_WITH_TIMEOUT(
        fits->text().contains(QStringLiteral("No smaller batch makes it fit")), patience);
    QVERIFY(!fit->isVisible());
}

void TestMemoryEstimate::no_text_of_the_dialog_is_cut_off()
{
    NewRunDialog dialog;
    dialog.setStyleSheet(style_sheet(theme(false)));
    dialog.set_devices(machine(std::int64_t{ 1 } << 40, std::int64_t{ 1 } << 40));
    dialog.show();
    const auto* fits = dialog.findChild<QLabel*>(QStringLiteral("fitsEstimate"));
    QTRY_VERIFY_WITH_TIMEOUT(fits->isVisible(), patience);
    const auto cut_off = [&dialog] {
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->isVisible() && label->wordWrap()
                && label->height() < label->heightForWidth(label->width()))
                return label->text();
        return QString();
    };
    const auto* bar = dialog.findChild<MemoryBar*>();
    const auto covered = [&] {
        for (const QWidget* part : bar->parentWidget()->findChildren<QWidget*>())
            if (part != bar && part->isVisible() && part->geometry().intersects(bar->geometry()))
                return true;
        return false;
    };
    for (const QSize size : { QSize(1120, 740), QSize(800, 600), QSize(1120, 740) }) {
        dialog.resize(size);
        QTRY_VERIFY2(cut_off().isEmpty(), qPrintable(cut_off()));
        QTRY_VERIFY2(!covered(), "a text lies under the bar");
    }
}

void TestMemoryEstimate::the_device_that_is_asked_for_counts()
{
    const Devices two = machine(1000, 2000);
    QCOMPARE(device_named(two, "auto")->free, 2000);
    QCOMPARE(device_named(two, "cpu")->free, 1000);
    QCOMPARE(device_named(two, "cuda")->free, 2000);
    QVERIFY(!device_named(two, "cuda:1"));
    QVERIFY(!device_named(two, "nonsense"));
}

void TestMemoryEstimate::the_bar_shows_the_parts_in_proportion()
{
    MemoryBar bar;
    bar.resize(400, 12);
    MemoryParts half;
    half.weights = 100;
    half.optimizer = 100;
    bar.show_memory(half, half, 400);
    const QImage picture = bar.grab().toImage();
    const auto at = [&](double share) {
        return picture.pixelColor(
            static_cast<int>(share * picture.width()), picture.height() / 2);
    };
    QCOMPARE(at(0.05), at(0.2)); // the weights
    QCOMPARE(at(0.3), at(0.45)); // the optimizer
    QVERIFY(at(0.2) != at(0.3));
    QCOMPARE(at(0.6), at(0.9)); // free
    QVERIFY(at(0.45) != at(0.6));
    QVERIFY(bar.accessibleDescription().contains(QStringLiteral("optimizer")));
    QVERIFY(!bar.accessibleDescription().contains(QStringLiteral("gradients"))); // there are none
}

CIRCUITLOOM_UI_TEST(TestMemoryEstimate, Application::widgets)
#include "tst_memory_estimate.moc"
