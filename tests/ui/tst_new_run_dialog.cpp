#include "core/run/run_config.h"
#include "tests/support/fake_engine.h"
#include "ui/dialogs/decimal_box.h"
#include "ui/dialogs/fitted_run.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/runs/preset_menu.h"
#include "ui/runs/presets.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine
const QString tiny_model = QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/tests/data/tiny_llama");

template <class Widget>
Widget& find(const QWidget& parent, const char* name)
{
    return *parent.findChild<Widget*>(QString::fromLatin1(name));
}

bool write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
        && file.write(content) == content.size();
}

/// What a shell makes of a command line.
QStringList shell_words(const QString& command)
{
    QProcess shell;
    shell.start(QStringLiteral("sh"),
        { QStringLiteral("-c"), QStringLiteral("printf '%s\\n' ") + command });
    shell.waitForFinished();
    QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n');
    words.removeLast(); // after the last line there is nothing
    return words;
}

/// The run that circuitloom-cli makes of it.
RunConfig run_of(const QString& command)
{
    const QStringList words = shell_words(command);
    RunConfig config;
    for (qsizetype i = 2; i < words.size(); ++i) {
        if (words[i] == QStringLiteral("--preset"))
            config = preset(words[++i].toStdString());
        else if (words[i] == QStringLiteral("--set"))
            set_run_option(config, words[++i].toStdString());
        else if (words[i] == QStringLiteral("--no-capabilities"))
            config.capabilities.clear();
    }
    return config;
}

} // namespace

class TestNewRunDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Circuitloom"));
        QCoreApplication::setApplicationName(QStringLiteral("Circuitloom test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_.path());
        const QString good = cache() + QStringLiteral("/models--some-org--tiny");
        const QString snapshot = good + QStringLiteral("/snapshots/0123abc");
        QVERIFY(write(good + QStringLiteral("/refs/main"), "0123abc"));
        QVERIFY(QDir().mkpath(snapshot));
        for (const char* name : { "/config.json", "/model.safetensors", "/tokenizer.json" }) {
            const QString file = QString::fromLatin1(name);
            QVERIFY(QFile::copy(tiny_model + file, snapshot + file));
        }
        const QString strange = cache() + QStringLiteral("/models--strange");
        QVERIFY(write(strange + QStringLiteral("/refs/main"), "f00"));
        QVERIFY(write(
            strange + QStringLiteral("/snapshots/f00/config.json"), R"({"model_type": "mamba"})"));
        qputenv("HF_HUB_CACHE", cache().toUtf8());
    }

    void the_models_of_the_cache_are_listed()
    {
        NewRunDialog dialog;
        auto& models = find<QComboBox>(dialog, "model");
        QVERIFY(models.itemText(0).contains(QStringLiteral("demo")));
        QTRY_COMPARE_WITH_TIMEOUT(models.count(), 3, patience);
        QCOMPARE(models.currentIndex(), 0);

        QVERIFY(models.itemText(1).startsWith(QStringLiteral("some-org/tiny")));
        QVERIFY(models.itemText(1).contains(QStringLiteral("llama")));
        const qint64 bytes = QFileInfo(tiny_model + QStringLiteral("/model.safetensors")).size();
        QVERIFY(models.itemText(1).contains(
            QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat)));
        const auto* rows = qobject_cast<QStandardItemModel*>(models.model());
        QVERIFY(rows->item(1)->isEnabled());

        QVERIFY(models.itemText(2).startsWith(QStringLiteral("strange")));
        QVERIFY(!rows->item(2)->isEnabled());
        QVERIFY(rows->item(2)->toolTip().contains(QStringLiteral("mamba")));
    }

    void a_dialog_that_is_gone_misses_nothing()
    {
        for (int i = 0; i < 20; ++i)
            NewRunDialog().use_model(tiny_model);
        QTest::qWait(50);
    }

    void every_preset_is_offered_unchanged()
    {
        NewRunDialog dialog;
        auto& presets = find<QComboBox>(dialog, "preset");
        QCOMPARE(presets.count(), static_cast<int>(circuitloom::presets().size()));
        for (int i = 0; i < presets.count(); ++i) {
            presets.setCurrentIndex(i);
            const std::string name = preset_choices()[static_cast<std::size_t>(i)].name;
            QVERIFY(dialog.config() == preset(name));
            QVERIFY(find<QPushButton>(dialog, "startRun").isEnabled());
            QVERIFY(find<QLabel>(dialog, "leftOut").text().isEmpty());
            QCOMPARE(command(dialog),
                QStringLiteral("circuitloom-cli tune --preset %1 -o run.loom")
                    .arg(QString::fromStdString(name)));
        }
    }

    void what_was_chosen_is_started()
    {
        NewRunDialog dialog;
        auto& models = find<QComboBox>(dialog, "model");
        QTRY_COMPARE_WITH_TIMEOUT(models.count(), 3, patience);
        models.setCurrentIndex(1);
        auto& tasks = find<QComboBox>(dialog, "task");
        tasks.setCurrentIndex(tasks.findText(QStringLiteral("ioi")));
        type(dialog, "edges", "200");
        type(dialog, "groupSize", "0");
        type(dialog, "steps", "12");
        type(dialog, "batch", "4");
        type(dialog, "learningRate", QLocale().toString(0.0005, 'f', 4));

        RunConfig wanted = preset("sv-disagreement");
        wanted.model = "some-org/tiny";
        wanted.task = "ioi";
        wanted.held_out_task = "ioi-held-out";
        wanted.capabilities.clear();
        wanted.selection.n = 200;
        wanted.graph.mlp_group_size = 0;
        wanted.steps = 12;
        wanted.batch = 4;
        wanted.learning_rate = 0.0005;

        RunConfig started;
        connect(&dialog, &NewRunDialog::start_requested,
            [&](const RunConfig& config) { started = config; });
        find<QPushButton>(dialog, "startRun").click();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        QVERIFY(started == wanted);
        QVERIFY(run_of(command(dialog)) == wanted);
        QVERIFY(find<QLabel>(dialog, "leftOut").text().contains(QStringLiteral("suites")));
    }

    void another_preset_keeps_what_was_changed()
    {
        NewRunDialog dialog;
        type(dialog, "steps", "12");
        auto& tasks = find<QComboBox>(dialog, "task");
        tasks.setCurrentIndex(tasks.findText(QStringLiteral("demo/changed-fact")));
        auto& presets = find<QComboBox>(dialog, "preset");
        presets.setCurrentIndex(1);
        RunConfig wanted = preset(circuitloom::presets()[1].name);
        wanted.steps = 12;
        wanted.task = "demo/changed-fact";
        wanted.held_out_task = "demo/changed-fact-held-out";
        QVERIFY(dialog.config() == wanted);
    }

    void a_number_out_of_range_is_said_and_not_started()
    {
        NewRunDialog dialog;
        bool started = false;
        connect(&dialog, &NewRunDialog::start_requested, [&] { started = true; });
        auto& start = find<QPushButton>(dialog, "startRun");
        const auto& problem = find<QLabel>(dialog, "problem");
        for (const char* name : { "edges", "steps", "batch" }) {
            auto& box = find<QSpinBox>(dialog, name);
            const QString before = box.cleanText();
            type(dialog, name, "0");
            QVERIFY2(!start.isEnabled(), name);
            QVERIFY(problem.text().contains(QStringLiteral("is 0; it must be")));
            QVERIFY(box.property("invalid").toBool());
            dialog.accept();
            QVERIFY(!started);
            type(dialog, name, before.toLatin1().constData());
            QVERIFY(start.isEnabled());
            QVERIFY(problem.text().isEmpty());
            QVERIFY(!box.property("invalid").toBool());
        }
        type(dialog, "learningRate", "101");
        QVERIFY(!start.isEnabled());
        QVERIFY(problem.text().contains(QStringLiteral("learning_rate")));
    }

    void a_model_of_ones_own_is_read_before_it_is_trusted()
    {
        NewRunDialog dialog;
        auto& models = find<QComboBox>(dialog, "model");
        auto& start = find<QPushButton>(dialog, "startRun");
        dialog.use_model(tiny_model);
        QCOMPARE(dialog.config().model, tiny_model.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(models.currentText().contains(QStringLiteral("llama")), patience);
        QVERIFY(start.isEnabled());

        const QString broken = folder_.filePath(QStringLiteral("it's broken.gguf"));
        QVERIFY(write(broken, "no model at all"));
        dialog.use_model(broken);
        QTRY_VERIFY_WITH_TIMEOUT(!start.isEnabled(), patience);
        QVERIFY(find<QLabel>(dialog, "problem").text().contains(QStringLiteral("broken.gguf")));
        QCOMPARE(run_of(command(dialog)).model, broken.toStdString());
        models.setCurrentIndex(0);
        QVERIFY(start.isEnabled());
    }

    void a_task_file_has_no_held_out_examples()
    {
        NewRunDialog dialog;
        const QString file = folder_.filePath(QStringLiteral("my task.jsonl"));
        dialog.use_task_file(file);
        RunConfig wanted = preset("sv-disagreement");
        wanted.task = file.toStdString();
        wanted.held_out_task.clear();
        QVERIFY(dialog.config() == wanted);
        QVERIFY(run_of(command(dialog)) == wanted);
        QVERIFY(find<QLabel>(dialog, "leftOut").text().contains(QStringLiteral("held-out")));
    }

    void the_command_line_is_copied()
    {
        NewRunDialog dialog;
        find<QPushButton>(dialog, "copyCommand").click();
        QCOMPARE(QGuiApplication::clipboard()->text(), command(dialog));
    }

    void a_learning_rate_shows_only_the_digits_it_has()
    {
        DecimalBox box;
        box.setLocale(QLocale::c());
        for (const auto& [value, text] : { std::pair{ 0.03, "0.03" }, std::pair{ 1e-5, "0.00001" },
                 std::pair{ 2.0, "2" }, std::pair{ 0.0, "0" }, std::pair{ 10.0, "10" } }) {
            box.setValue(value);
            QCOMPARE(box.text(), QString::fromLatin1(text));
        }
    }

    void the_menu_leads_to_the_dialog_by_keyboard()
    {
        PresetMenu menu;
        QSignalSpy chosen(&menu, &PresetMenu::chosen);
        QSignalSpy other(&menu, &PresetMenu::other_requested);
        menu.popup({ 0, 0 });
        QVERIFY(QTest::qWaitForWindowExposed(&menu));
        QTest::keyClick(&menu, Qt::Key_Up);
        QTest::keyClick(menu.focusWidget() ? menu.focusWidget() : &menu, Qt::Key_Return);
        QCOMPARE(other.size(), 1);
        QCOMPARE(chosen.size(), 0);
    }

    void the_window_starts_what_the_dialog_says()
    {
        MainWindow window([] { return std::make_unique<circuitloom::testing::FakeEngine>(); },
            folder_.filePath(QStringLiteral("experiments")));
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = window.findChild<NewRunDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->isVisible());
        type(*dialog, "steps", "9");
        find<QPushButton>(*dialog, "startRun").click();
        QTRY_VERIFY_WITH_TIMEOUT(
            window.session().runs().size() == 1 && !window.session().live_run(), patience);
        QCOMPARE(window.session().current()->summary.description.steps, 9);
        QTRY_VERIFY(!window.findChild<NewRunDialog*>());
    }

private:
    QString cache() const { return folder_.filePath(QStringLiteral("hub")); }

    static QString command(const NewRunDialog& dialog)
    {
        return find<QPlainTextEdit>(dialog, "command").toPlainText();
    }

    /// Replaces a number key by key.
    static void type(NewRunDialog& dialog, const char* box, const QString& text)
    {
        auto& field = find<QAbstractSpinBox>(dialog, box);
        field.selectAll();
        QTest::keyClicks(&field, text);
    }
    static void type(NewRunDialog& dialog, const char* box, const char* text)
    {
        type(dialog, box, QString::fromLatin1(text));
    }

    QTemporaryDir folder_;
};

QTEST_MAIN(TestNewRunDialog)
#include "tst_new_run_dialog.moc"
