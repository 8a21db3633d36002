#include "core/architecture/model_files.h"
#include "core/graph/computational_graph.h"
#include "core/run/run_config.h"
#include "tests/support/dialog_fields.h"
#include "tests/support/fake_engine.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/dialogs/fitted_run.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/dialogs/number_edit.h"
#include "ui/dialogs/recent_choices.h"
#include "ui/dialogs/setting_field.h"
#include "ui/dialogs/task_box.h"
#include "ui/runs/preset_menu.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QToolButton>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::command_of;
using circuitloom::testing::find;
using circuitloom::testing::shell_words;

namespace {

constexpr int patience = 60'000; ///< milliseconds, for a busy machine
const QString tiny_model = QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/tests/data/tiny_llama");

bool write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
        && file.write(content) == content.size();
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

/// Waits until the dialog shows all that it reads and works out in the background, each of which
/// may begin another.
void wait_until_read(const NewRunDialog& dialog)
{
    QTRY_COMPARE_WITH_TIMEOUT(find<QComboBox>(dialog, "model").count(), 3, patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        find<QLabel>(dialog, "fileEstimate").text().contains(QStringLiteral("edges")), patience);
    for (int round = 0; round < 4; ++round) {
        QTest::qWait(250); // it lets what is typed settle for less
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
    }
}

} // namespace

class TestNewRunDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
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
            NewRunDialog().use_model(tiny_model.toStdString());
        QTest::qWait(50);
    }

    void every_preset_is_offered_unchanged()
    {
        NewRunDialog dialog;
        auto& presets = find<QComboBox>(dialog, "preset");
        QCOMPARE(presets.count(), static_cast<int>(circuitloom::presets().size()));
        for (int i = 0; i < presets.count(); ++i) {
            presets.setCurrentIndex(i);
            const std::string name = circuitloom::presets()[static_cast<std::size_t>(i)].name;
            QVERIFY(dialog.config() == preset(name));
            QVERIFY(find<QLabel>(dialog, "leftOut").text().isEmpty());
            QCOMPARE(shell_words(command_of(dialog)).join(u' '),
                QStringLiteral("circuitloom-cli tune --preset %1 -o run.loom")
                    .arg(QString::fromStdString(name)));
        }
    }

    void what_was_chosen_is_started()
    {
        NewRunDialog dialog;
        auto& models = find<QComboBox>(dialog, "model");
        QTRY_COMPARE_WITH_TIMEOUT(models.count(), 3, patience);
        choose(models, 1);
        auto& tasks = find<QComboBox>(dialog, "task");
        choose(tasks, tasks.findText(QStringLiteral("ioi")));
        type(dialog, "circuit.top_n", "200");
        type(dialog, "graph.mlp_group_size", "0");
        type(dialog, "run.steps", "12");
        type(dialog, "run.batch", "4");
        type(dialog, "optimizer.learning_rate", "5e-4");
        type(dialog, "name", "my run");
        auto& losses = find<QComboBox>(dialog, "objective.loss");
        losses.setCurrentText(QStringLiteral("target-only"));
        Q_EMIT losses.textActivated(losses.currentText());
        find<QCheckBox>(dialog, "circuit.train_norms").click();

        RunConfig wanted = preset("sv-disagreement");
        wanted.name = "my run";
        wanted.model = "some-org/tiny";
        wanted.task = "ioi";
        wanted.held_out_task = "ioi-held-out";
        wanted.reference_task.clear();
        wanted.capabilities.clear();
        wanted.selection.n = 200;
        wanted.graph.mlp_group_size = 0;
        wanted.steps = 12;
        wanted.batch = 4;
        wanted.learning_rate = 0.0005;
        wanted.loss = LossKind::target_only;
        wanted.train_norms = true;

        RunConfig started;
        connect(&dialog, &NewRunDialog::start_requested,
            [&](const RunConfig& config) { started = config; });
        find<QPushButton>(dialog, "startRun").click();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        QVERIFY(started == wanted);
        QVERIFY(run_of(command_of(dialog)) == wanted);
        QVERIFY(find<QLabel>(dialog, "leftOut").text().contains(QStringLiteral("suites")));
    }

    void methods_have_their_titles_and_say_what_they_do()
    {
        NewRunDialog dialog;
        auto& methods = find<QComboBox>(dialog, "circuit.method");
        QCOMPARE(methods.count(), static_cast<int>(tuning_methods.size()));
        for (int i = 0; i < methods.count(); ++i) {
            const TuningMethodInfo& info = tuning_methods[static_cast<std::size_t>(i)];
            QCOMPARE(methods.itemText(i).toStdString(), std::string(info.title));
            methods.setCurrentIndex(i);
            Q_EMIT methods.textActivated(methods.currentText());
            QVERIFY(run_of(command_of(dialog)).method == info.method);
            const auto* field
                = dialog.findChild<SettingField*>(QStringLiteral("setting.circuit.method"));
            bool said = false;
            for (const QLabel* label : field->findChildren<QLabel*>())
                said = said
                    || label->text().contains(QString::fromStdString(std::string(info.help)));
            QVERIFY(said);
        }
        // Only what the steps of a training can use.
        auto& attributions = find<QComboBox>(dialog, "circuit.attribution");
        QCOMPARE(attributions.findData(QStringLiteral("exact")), -1);
        QVERIFY(attributions.findData(QStringLiteral("eap-ig")) >= 0);
    }

    void another_preset_keeps_what_was_changed()
    {
        NewRunDialog dialog;
        type(dialog, "run.steps", "12");
        auto& tasks = find<QComboBox>(dialog, "task");
        choose(tasks, tasks.findText(QStringLiteral("demo/changed-fact")));
        find<QComboBox>(dialog, "preset").setCurrentIndex(1);
        RunConfig wanted = preset(presets()[1].name);
        wanted.steps = 12;
        wanted.task = "demo/changed-fact";
        wanted.held_out_task = "demo/changed-fact-held-out";
        wanted.reference_task.clear();
        QVERIFY(dialog.config() == wanted);
    }

    void what_is_wrong_is_said_beside_the_field_and_not_started()
    {
        NewRunDialog dialog;
        bool started = false;
        connect(&dialog, &NewRunDialog::start_requested, [&] { started = true; });
        auto& start = find<QPushButton>(dialog, "startRun");
        const auto& problem = find<QLabel>(dialog, "problem");
        const std::pair<const char*, const char*> wrong[] = { { "circuit.top_n", "0" },
            { "run.batch", "many" }, { "run.steps", "" }, { "optimizer.learning_rate", "101" } };
        for (const auto& [name, text] : wrong) {
            auto& edit = find<NumberEdit>(dialog, name);
            const QString before = edit.typed();
            const QString valid_command = command_of(dialog);
            type(dialog, name, text);
            QVERIFY2(!start.isEnabled(), name);
            QVERIFY(problem.text().startsWith(u'“' + setting_title(name) + u'”'));
            QVERIFY(!problem.text().contains(QString::fromLatin1(name)));
            QCOMPARE(beside(dialog, name), problem.text());
            QVERIFY(edit.property("invalid").toBool());
            QCOMPARE(edit.typed(), QString::fromLatin1(text));
            QCOMPARE(command_of(dialog), valid_command);
            dialog.accept();
            QVERIFY(!started);
            type(dialog, name, before.toLatin1().constData());
            QVERIFY(start.isEnabled());
            QVERIFY(problem.text().isEmpty());
            QVERIFY(beside(dialog, name).isEmpty());
            QVERIFY(!edit.property("invalid").toBool());
        }
    }

    void settings_that_make_no_sense_together_are_said_too()
    {
        NewRunDialog dialog;
        auto& metrics = find<QComboBox>(dialog, "circuit.metric");
        metrics.setCurrentText(QStringLiteral("kl"));
        Q_EMIT metrics.textActivated(metrics.currentText());
        QVERIFY(!find<QPushButton>(dialog, "startRun").isEnabled());
        const QString said = beside(dialog, "circuit.metric");
        QVERIFY(said.startsWith(QStringLiteral("“Metric” = “kl” is flat")));
        QVERIFY2(said.contains(QStringLiteral("choose “Attribution” = “")), qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("circuit.")));
    }

    void sentences_use_the_words_of_the_form()
    {
        QCOMPARE(form_sentence("circuit.top_n is ; it must be a whole number from 1 to 9."),
            QStringLiteral("“Edges (N)” must be a whole number from 1 to 9."));
        QCOMPARE(form_sentence("model is empty; it must be demo or a folder with a model."),
            QStringLiteral("“Model” must be demo or a folder with a model."));
        QCOMPARE(form_sentence("run.batch is many; it must be a whole number from 1 to 65536."),
            QStringLiteral("“Batch” is many; it must be a whole number from 1 to 65536."));
        // Whatever a sentence of validate() names, no key of a file is left in it.
        RunConfig any;
        for (const RunOption& option : options_of(any)) {
            if (option.section.empty())
                continue;
            const QString said = form_sentence("Here " + option.name() + " is named.");
            QVERIFY2(!said.contains(QString::fromStdString(option.name())), qPrintable(said));
            QVERIFY2(said.contains(u'“' + setting_title(option.name()) + u'”'), qPrintable(said));
        }
    }

    void what_a_run_has_no_use_for_cannot_be_edited()
    {
        NewRunDialog dialog;
        auto& edges = find<QWidget>(dialog, "circuit.top_n");
        auto& methods = find<QComboBox>(dialog, "circuit.method");
        const auto choose_method = [&methods](const char* name) {
            methods.setCurrentIndex(methods.findData(QString::fromLatin1(name)));
            Q_EMIT methods.textActivated(methods.currentText());
        };
        QVERIFY(edges.isEnabled());
        for (const char* method : { "full", "lora" }) {
            choose_method(method);
            QVERIFY2(!edges.isEnabled(), method);
            QCOMPARE(find<QWidget>(dialog, "lora.rank").isEnabled(),
                QLatin1String(method) == QLatin1String("lora"));
        }
        for (const char* method : { "gradient", "magnitude" }) {
            choose_method(method);
            QVERIFY2(!edges.isEnabled(), method);
            QVERIFY2(find<QWidget>(dialog, "mask.share").isEnabled(), method);
            QCOMPARE(find<QWidget>(dialog, "mask.examples").isEnabled(),
                QLatin1String(method) == QLatin1String("gradient"));
        }
        for (const char* method : { "circuit", "fixed", "random" }) {
            choose_method(method);
            QVERIFY2(edges.isEnabled(), method);
            QVERIFY2(!find<QWidget>(dialog, "mask.share").isEnabled(), method);
        }
        QVERIFY(find<QWidget>(dialog, "optimizer.momentum").isEnabled());
        QVERIFY(!find<QWidget>(dialog, "optimizer.beta1").isEnabled());
    }

    void more_edges_than_the_graph_has_are_refused_with_the_number()
    {
        NewRunDialog dialog;
        auto& start = find<QPushButton>(dialog, "startRun");
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>(dialog, "fileEstimate").text().contains(QStringLiteral("edges")),
            patience);
        QVERIFY(start.isEnabled());
        const ModelConfig demo
            = parse_model_config(open_model_description("demo").config_json, "demo");
        const auto all = static_cast<int>(
            ComputationalGraph(demo.graph_shape(), dialog.config().graph).edges().size());
        type(dialog, "circuit.top_n", QByteArray::number(all));
        QVERIFY(start.isEnabled());
        type(dialog, "circuit.top_n", QByteArray::number(all + 1));
        QVERIFY(!start.isEnabled());
        QVERIFY(beside(dialog, "circuit.top_n").contains(QString::number(all)));
        QCOMPARE(find<QLabel>(dialog, "problem").text(), beside(dialog, "circuit.top_n"));
    }

    void nothing_moves_when_something_is_wrong()
    {
        NewRunDialog dialog;
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        const auto places = [&dialog] {
            QList<QRect> rects;
            for (const SettingField* field : dialog.findChildren<SettingField*>())
                if (field->isVisible())
                    rects << QRect(field->mapTo(&dialog, QPoint()), field->size());
            rects << find<QPushButton>(dialog, "startRun").geometry();
            return rects;
        };
        wait_until_read(dialog);
        const QList<QRect> before = places();
        type(dialog, "circuit.top_n", "");
        QTest::qWait(50);
        QVERIFY(!find<QPushButton>(dialog, "startRun").isEnabled());
        QCOMPARE(places(), before);
        type(dialog, "optimizer.learning_rate", "a");
        QTest::qWait(50);
        QCOMPARE(places(), before);
        wait_until_read(dialog);
        QCOMPARE(places(), before);
    }

    void a_warm_up_of_the_whole_run_is_warned_of()
    {
        NewRunDialog dialog;
        const auto& warning = find<QLabel>(dialog, "warning");
        type(dialog, "run.steps", "50");
        QVERIFY(warning.text().isEmpty());
        type(dialog, "optimizer.warm_up", "50");
        QVERIFY(warning.text().contains(QStringLiteral("“Warm up” is 50")));
        QVERIFY(find<QPushButton>(dialog, "startRun").isEnabled());
        type(dialog, "optimizer.warm_up", "49");
        QVERIFY(warning.text().isEmpty());
    }

    void a_filled_in_form_is_not_thrown_away_unasked()
    {
        NewRunDialog dialog;
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        type(dialog, "run.steps", "7");
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
        auto* question = dialog.findChild<QMessageBox*>(QStringLiteral("question"));
        QVERIFY(question && question->isVisible());
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!dialog.findChild<QMessageBox*>(QStringLiteral("question")));
        QVERIFY(dialog.isVisible());
        QCOMPARE(dialog.config().steps, 7);
        dialog.close(); // the window's own button
        QVERIFY(dialog.isVisible());
        question = dialog.findChild<QMessageBox*>(QStringLiteral("question"));
        QVERIFY(question);
        for (QAbstractButton* button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
        QTRY_VERIFY(!dialog.isVisible());

        NewRunDialog untouched;
        untouched.show();
        QVERIFY(QTest::qWaitForWindowExposed(&untouched));
        QTest::keyClick(&untouched, Qt::Key_Escape);
        QVERIFY(!untouched.isVisible());
    }

    void models_and_tasks_chosen_lately_are_offered_again()
    {
        const QString gone = folder_.filePath(QStringLiteral("gone.gguf"));
        remember_choice(RecentKind::model, tiny_model);
        remember_choice(RecentKind::model, gone);
        remember_choice(RecentKind::model, QStringLiteral("some-org/tiny")); // no path
        QCOMPARE(recent_choices(RecentKind::model), QStringList{ QDir::cleanPath(tiny_model) });
        QCOMPARE(recent_folder(RecentKind::model), QFileInfo(tiny_model).path());
        const QString task = folder_.filePath(QStringLiteral("late.jsonl"));
        QVERIFY(write(task, "{}"));
        remember_choice(RecentKind::task, task);
        {
            NewRunDialog dialog;
            const auto& models = find<QComboBox>(dialog, "model");
            QVERIFY(models.findText(QStringLiteral("tiny_llama"), Qt::MatchStartsWith) > 0);
            QVERIFY(find<QComboBox>(dialog, "task").findText(QStringLiteral("late.jsonl")) > 0);
            QVERIFY(find<QComboBox>(dialog, "heldOut").findText(QStringLiteral("late.jsonl")) > 0);
        }
        for (int i = 0; i < 20; ++i) {
            const QString one = folder_.filePath(QStringLiteral("task %1").arg(i));
            QVERIFY(write(one, "{}"));
            remember_choice(RecentKind::task, one);
        }
        QCOMPARE(recent_choices(RecentKind::task).size(), 8);
        QVERIFY(recent_choices(RecentKind::task).front().endsWith(QStringLiteral("task 19")));
        QSettings().clear();
    }

    void the_estimate_of_a_long_name_is_whole()
    {
        NewRunDialog dialog;
        TimedRun timed;
        timed.config = dialog.config();
        timed.config.name = std::string(120, 'x');
        timed.seconds_per_step = 2;
        dialog.set_timed_runs({ timed });
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        const auto& time = find<QLabel>(dialog, "timeEstimate");
        QTRY_VERIFY_WITH_TIMEOUT(time.text().contains(QStringLiteral("xxx")), patience);
        QTest::qWait(50);
        QVERIFY(time.height() >= time.heightForWidth(time.width()));
        for (const QString& word : time.text().split(u' '))
            QVERIFY2(time.fontMetrics().horizontalAdvance(word) <= time.width(), qPrintable(word));
    }

    void many_settings_are_folded_and_found()
    {
        NewRunDialog dialog;
        dialog.show();
        const auto shown = [&](const char* name) {
            return !dialog
                        .findChild<SettingField*>(
                            QStringLiteral("setting.") + QString::fromLatin1(name))
                        ->isHidden();
        };
        QVERIFY(shown("circuit.top_n") && shown("run.steps"));
        QVERIFY(!shown("optimizer.momentum") && !shown("seed"));
        find<QLineEdit>(dialog, "searchSettings").setText(QStringLiteral("momentum"));
        QVERIFY(shown("optimizer.momentum") && !shown("run.steps"));
        find<QLineEdit>(dialog, "searchSettings").clear();
        QVERIFY(!shown("optimizer.momentum") && shown("run.steps"));
        find<QToolButton>(dialog, "allSettings").setChecked(true);
        QVERIFY(shown("optimizer.momentum") && shown("seed"));
        find<QToolButton>(dialog, "allSettings").setChecked(false);
        find<QCheckBox>(dialog, "onlyChanged").setChecked(true);
        QVERIFY(!shown("run.steps") && !shown("seed"));
        type(dialog, "run.steps", "7");
        QVERIFY(shown("run.steps") && !shown("seed"));
    }

    void unfolding_all_settings_shows_them()
    {
        NewRunDialog dialog;
        dialog.resize(1000, 500);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        auto* first = dialog.findChild<QWidget*>(QStringLiteral("setting.description"));
        QVERIFY(first);
        QVERIFY(first->visibleRegion().isEmpty());
        find<QToolButton>(dialog, "allSettings").click();
        QTRY_VERIFY(!first->visibleRegion().isEmpty());
    }

    void the_search_stays_in_its_place_while_one_types()
    {
        NewRunDialog dialog;
        dialog.resize(1000, 500);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        wait_until_read(dialog);
        auto& search = find<QLineEdit>(dialog, "searchSettings");
        for (const bool unfolded : { false, true }) {
            find<QToolButton>(dialog, "allSettings").setChecked(unfolded);
            QTest::qWait(20);
            auto* area = qobject_cast<QScrollArea*>(
                search.parentWidget()->parentWidget()->parentWidget()->parentWidget());
            QVERIFY(area);
            area->verticalScrollBar()->setValue(
                search.mapTo(area->widget(), QPoint()).y() - 20); // as far up as it goes
            search.setFocus();
            QTest::qWait(20);
            const QPoint before = search.mapTo(&dialog, QPoint());
            for (const char letter : std::string_view("momentumx")) {
                QTest::keyClick(&search, letter);
                QTest::qWait(10);
                QCOMPARE(search.mapTo(&dialog, QPoint()), before);
                QVERIFY(search.hasFocus() || !dialog.isActiveWindow());
            }
            search.clear();
            QTest::qWait(20);
            QTRY_COMPARE(search.mapTo(&dialog, QPoint()), before);
        }
    }

    void a_model_of_ones_own_is_read_before_it_is_trusted()
    {
        NewRunDialog dialog;
        auto& models = find<QComboBox>(dialog, "model");
        auto& start = find<QPushButton>(dialog, "startRun");
        dialog.use_model(tiny_model.toStdString());
        QCOMPARE(dialog.config().model, tiny_model.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(models.currentText().contains(QStringLiteral("llama")), patience);

        const QString broken = folder_.filePath(QStringLiteral("it's broken.gguf"));
        QVERIFY(write(broken, "no model at all"));
        dialog.use_model(broken.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(!start.isEnabled()
                && find<QLabel>(dialog, "problem").text().contains(QStringLiteral("broken.gguf")),
            patience);
        QCOMPARE(run_of(command_of(dialog)).model, broken.toStdString());
        dialog.use_model("demo");
        QTRY_VERIFY_WITH_TIMEOUT(start.isEnabled(), patience);
    }

    void a_task_file_has_no_held_out_examples_and_must_be_there()
    {
        NewRunDialog dialog;
        const QString file = folder_.filePath(QStringLiteral("my task.jsonl"));
        dialog.use_task(file.toStdString());
        RunConfig wanted = preset("sv-disagreement");
        wanted.task = file.toStdString();
        wanted.held_out_task.clear();
        wanted.reference_task.clear();
        QVERIFY(dialog.config() == wanted);
        QVERIFY(run_of(command_of(dialog)) == wanted);
        QVERIFY(find<QLabel>(dialog, "leftOut").text().contains(QStringLiteral("held-out")));
        QTRY_VERIFY_WITH_TIMEOUT(!find<QPushButton>(dialog, "startRun").isEnabled(), patience);
        QVERIFY(find<QLabel>(dialog, "problem").text().contains(QStringLiteral("my task.jsonl")));
        for (auto* box : dialog.findChildren<TaskBox*>())
            Q_EMIT box->task_chosen("mine.jsonl");
        QVERIFY(dialog.config().held_out_task == "mine.jsonl");
        QVERIFY(find<QLabel>(dialog, "leftOut").text().isEmpty());
    }

    void the_first_examples_show_what_is_scored_where()
    {
        NewRunDialog dialog;
        const QString file = folder_.filePath(QStringLiteral("task.jsonl"));
        QVERIFY(write(file,
            R"({"text": "the dogs runs", "spans": [{"start": 8, "end": 13, "alternative": " run"}]})"));
        dialog.use_task(file.toStdString());
        const auto& text = find<QLabel>(dialog, "previewText");
        QTRY_VERIFY_WITH_TIMEOUT(text.text().contains(QStringLiteral("1 example,")), patience);
        QVERIFY(
            text.text().contains(QStringLiteral("after token 2, “ dogs”: “ runs” against “ run”")));
        QVERIFY(find<QPushButton>(dialog, "startRun").isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>(dialog, "memoryEstimate").text().contains(QStringLiteral("parameters")),
            patience);
        QVERIFY(find<QLabel>(dialog, "fileEstimate").text().contains(QStringLiteral("circuits")));
    }

    void what_is_odd_about_a_task_is_said_below_it()
    {
        NewRunDialog dialog;
        const QString file = folder_.filePath(QStringLiteral("odd.jsonl"));
        QVERIFY(write(file,
            R"({"text": "the dogs runs", "corupted": "the dog runs", )"
            R"("spans": [{"start": 8, "end": 13, "alternative": " run"}]})"));
        const auto& notes = find<QLabel>(dialog, "taskNotes");
        QVERIFY(notes.text().isEmpty());
        dialog.use_task(file.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(notes.text().contains(QStringLiteral("corupted")), patience);
        QVERIFY(!notes.isHidden());
        // The run can begin nonetheless; so it can where it is measured on what it is trained on.
        QVERIFY(find<QPushButton>(dialog, "startRun").isEnabled());
        for (auto* box : dialog.findChildren<TaskBox*>())
            if (box->findChild<QComboBox*>(QStringLiteral("heldOut")))
                Q_EMIT box->task_chosen(file.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(
            notes.text().contains(QStringLiteral("1 of 1 held-out example is also in the task")),
            patience);
        QVERIFY(find<QPushButton>(dialog, "startRun").isEnabled());
    }

    void examples_that_cannot_be_scored_are_said_before_the_start()
    {
        NewRunDialog dialog;
        const QString file = folder_.filePath(QStringLiteral("single.jsonl"));
        QVERIFY(write(file, R"({"text": "the dogs runs", "spans": [{"start": 8, "end": 13}]})"));
        dialog.use_task(file.toStdString());
        const auto& problem = find<QLabel>(dialog, "problem");
        QTRY_VERIFY_WITH_TIMEOUT(
            problem.text().contains(QStringLiteral("1 of 1 example has a target without one")),
            patience);
        QVERIFY(!find<QPushButton>(dialog, "startRun").isEnabled());
        // Another metric needs no alternative: then nothing is wrong any more.
        RunConfig config = dialog.config();
        config.discovery.metric = MetricKind::log_prob;
        dialog.begin_from_run(QStringLiteral("other"), config);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(dialog, "startRun").isEnabled(), patience);
    }

    void suites_are_left_out_and_put_in()
    {
        NewRunDialog dialog;
        auto& list = find<QListWidget>(dialog, "capabilities");
        const int before = list.count();
        QVERIFY(before > 1);
        list.setCurrentRow(0);
        find<QPushButton>(dialog, "removeCapability").click();
        QCOMPARE(list.count(), before - 1);
        RunConfig wanted = preset("sv-disagreement");
        wanted.capabilities.erase(wanted.capabilities.begin());
        QVERIFY(dialog.config() == wanted);
        // Settings alone cannot say it.
        QCOMPARE(command_of(dialog), QStringLiteral("circuitloom-cli tune run.toml -o run.loom"));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        list.setFocus();
        list.selectAll();
        QTest::keyClick(&list, Qt::Key_Delete);
        QVERIFY(dialog.config().capabilities.empty());
        QVERIFY(run_of(command_of(dialog)) == dialog.config());
    }

    void another_run_is_begun_from()
    {
        RunConfig config = preset("change-one-fact");
        config.selection.n = 77;
        config.name = "mine 2";
        NewRunDialog dialog;
        dialog.begin_from_run(QStringLiteral("mine"), config);
        QVERIFY(dialog.config() == config);
        QVERIFY(run_of(command_of(dialog)) == config);
        find<QCheckBox>(dialog, "onlyChanged").setChecked(true);
        type(dialog, "run.steps", "9");
        config.steps = 9;
        QVERIFY(dialog.config() == config);
    }

    void the_command_line_is_copied()
    {
        NewRunDialog dialog;
        find<QPushButton>(dialog, "copyCommand").click();
        QCOMPARE(QGuiApplication::clipboard()->text(), command_of(dialog));
    }

    void arrows_step_a_number_by_its_size()
    {
        NumberEdit whole(true, 1, 1000);
        whole.set_typed(QStringLiteral("30"));
        whole.stepBy(1);
        QCOMPARE(whole.typed(), QStringLiteral("31"));
        whole.set_typed(QStringLiteral("200"));
        whole.stepBy(-1);
        QCOMPARE(whole.typed(), QStringLiteral("190"));
        whole.set_typed(QStringLiteral("1"));
        whole.stepBy(-1);
        QCOMPARE(whole.typed(), QStringLiteral("1"));
        NumberEdit real(false, 0, 100);
        real.set_typed(QStringLiteral("0.03"));
        real.stepBy(1);
        QCOMPARE(real.typed(), QStringLiteral("0.031"));
        real.set_typed(QStringLiteral("0.01"));
        real.stepBy(-1);
        QCOMPARE(real.typed(), QStringLiteral("0.0099"));
        real.set_typed(QStringLiteral("no number"));
        real.stepBy(1);
        QCOMPARE(real.typed(), QStringLiteral("no number"));
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
        type(*dialog, "run.steps", "9");
        find<QPushButton>(*dialog, "startRun").click();
        QTRY_VERIFY_WITH_TIMEOUT(
            window.session().runs().size() == 1 && !window.session().live_run(), patience);
        QCOMPARE(window.session().current()->summary.description.steps, 9);
        QTRY_VERIFY(!window.findChild<NewRunDialog*>());
    }

private:
    QString cache() const { return folder_.filePath(QStringLiteral("hub")); }

    /// As the user does it.
    static void choose(QComboBox& box, int row)
    {
        box.setCurrentIndex(row);
        Q_EMIT box.activated(row);
    }

    /// What stands below a setting's help.
    static QString beside(const NewRunDialog& dialog, const char* setting)
    {
        const auto* field = dialog.findChild<SettingField*>(
            QStringLiteral("setting.") + QString::fromLatin1(setting));
        return field->findChild<QLabel*>(QStringLiteral("fieldProblem"))->text();
    }

    /// Replaces a setting's text key by key.
    static void type(NewRunDialog& dialog, const char* setting, const char* text)
    {
        auto& editor = find<QWidget>(dialog, setting);
        auto* line = qobject_cast<QLineEdit*>(&editor);
        if (!line)
            line = editor.findChild<QLineEdit*>();
        circuitloom::testing::type(*line, text);
    }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestNewRunDialog, Application::widgets)
#include "tst_new_run_dialog.moc"
