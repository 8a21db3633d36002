#include "core/exchange/event_file.h"
#include "core/exchange/gexf.h"
#include "core/exchange/run_table.h"
#include "core/layout/lattice_layout.h"
#include "core/store/experiment_reader.h"
#include "tests/support/experiment_source.h"
#include "tests/support/own_settings.h"
#include "tests/support/ui_test.h"
#include "ui/export/export_dialog.h"
#include "ui/export/export_form.h"
#include "ui/theme/text_scale.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::experiment_source;

namespace {

using Kind = ExportChoices::Kind;

template <typename Widget>
Widget* field(const ExportDialog& dialog, const char* name)
{
    return dialog.findChild<Widget*>(QString::fromLatin1(name));
}

void choose(const ExportDialog& dialog, const char* box, const QVariant& data)
{
    auto* combo = field<QComboBox>(dialog, box);
    const int index = combo->findData(data);
    QVERIFY2(index >= 0, box);
    combo->setCurrentIndex(index);
}

QStringList event_files(const QString& folder)
{
    QStringList found;
    for (QDirIterator file(folder, QDir::Files, QDirIterator::Subdirectories); file.hasNext();)
        found << file.next();
    return found;
}

void press(const ExportDialog& dialog, const char* name)
{
    QTest::mouseClick(field<QAbstractButton>(dialog, name), Qt::LeftButton);
}

} // namespace

class TestExportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::testing::keep_settings_in(folder_.path());
        source_ = experiment_source(path("run.loom"), 12);
    }

    void init() { QSettings().clear(); }

    void a_picture_is_what_the_fields_say()
    {
        ExportDialog dialog(source_);
        dialog.show();
        choose(dialog, "exportFormat", QStringLiteral("png"));
        choose(dialog, "exportSize", QStringLiteral("slide"));
        field<QLineEdit>(dialog, "exportTitle")->clear();
        QTest::keyClicks(field<QLineEdit>(dialog, "exportTitle"), QStringLiteral("My title"));
        field<QAbstractButton>(dialog, "exportLegend")->setChecked(false);
        dialog.set_file(path("c.png"));
        QSignalSpy exported(&dialog, &ExportDialog::exported);
        press(dialog, "exportStart");
        QCOMPARE(exported.count(), 1);

        ExportSettings settings;
        settings.page.title = QStringLiteral("My title");
        settings.page.legend = false;
        settings.page.size = { 1280, 720 };
        settings.sharpness.scale = 1.5;
        export_circuit(path("same.png"), source_, settings);
        QCOMPARE(QImage(path("c.png")), QImage(path("same.png")));
        QVERIFY(field<QLabel>(dialog, "exportMessage")->text().contains(path("c.png")));
    }

    void large_texts_are_not_cut_on_a_small_screen()
    {
        const auto usual = qScopeGuard([] { set_text_scale(1); });
        for (const double scale : { 1.0, 1.5, 2.0 }) {
            set_text_scale(scale);
            ExportDialog dialog(source_);
            dialog.resize(dialog.size().boundedTo({ 1354, 724 })); // of 1366 × 768
            dialog.show();
            choose(dialog, "exportKind", static_cast<int>(Kind::film));
            QCoreApplication::processEvents();
            for (const QScrollArea* area : dialog.findChildren<QScrollArea*>())
                QVERIFY2(area->horizontalScrollBar()->maximum() == 0,
                    QByteArray::number(scale).constData());
            for (const QWidget* part : dialog.findChild<ExportForm*>()->findChildren<QWidget*>())
                if (part->isVisible()
                    && (qobject_cast<const QAbstractSpinBox*>(part)
                        || qobject_cast<const QAbstractButton*>(part)))
                    QVERIFY2(part->width() >= part->minimumSizeHint().width(),
                        qPrintable(QStringLiteral("%1 at %2").arg(part->objectName()).arg(scale)));
        }
    }

    void every_format_of_every_kind_is_written()
    {
        for (const Kind kind : { Kind::circuit, Kind::curves, Kind::film, Kind::run }) {
            for (const QString& format : export_formats(kind)) {
                ExportDialog dialog(source_);
                choose(dialog, "exportKind", static_cast<int>(kind));
                if (kind == Kind::film) {
                    choose(dialog, "exportSize", QStringLiteral("720p"));
                    field<QSpinBox>(dialog, "exportTo")->setValue(2);
                }
                choose(dialog, "exportFormat", format);
                const QString file = path(kind == Kind::curves ? "k"
                        : kind == Kind::run                      ? "r"
                                                                 : "f")
                    + (format.startsWith(u'%') ? QStringLiteral("/") : QStringLiteral("."))
                    + format;
                dialog.set_file(file);
                QSignalSpy exported(&dialog, &ExportDialog::exported);
                press(dialog, "exportStart");
                QVERIFY2(exported.count() == 1 || exported.wait(60'000), qPrintable(file));
                if (format.startsWith(u'%'))
                    QVERIFY(QDir(path("f")).entryList(QDir::Files).size() > 10);
                else if (format == QStringLiteral("tensorboard"))
                    QVERIFY(!event_files(file).isEmpty());
                else
                    QVERIFY2(QFileInfo(file).size() > 100, qPrintable(file));
            }
        }
    }

    void a_run_is_written_as_the_command_line_writes_it()
    {
        const ExperimentReader reader(source_.file);
        const RunSummary run = reader.run(RunId{ source_.origin.run });
        std::string table;
        write_run_table(reader, run, [&](std::string_view text) { table += text; });
        const ComputationalGraph graph(run.description.shape, run.description.graph);
        QCOMPARE(bytes_of_run("table.csv"), QByteArray::fromStdString(table));
        std::string parquet;
        write_run_parquet(reader, run, [&](std::string_view bytes) { parquet += bytes; });
        QCOMPARE(bytes_of_run("table.parquet"), QByteArray::fromStdString(parquet));
        QCOMPARE(bytes_of_run("time.gexf"),
            QByteArray::fromStdString(run_to_gexf(reader, run, lattice_layout(graph))));
        bytes_of_run("logs.tensorboard");
        const QStringList events = event_files(path("logs.tensorboard"));
        QCOMPARE(events.size(), 1);
        QFile file(events.front());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray::fromStdString(run_to_events(reader, run)));
    }

    void a_circuit_for_circuit_tracer_has_a_name_of_its_own()
    {
        ExportDialog dialog(source_);
        choose(dialog, "exportKind", static_cast<int>(Kind::circuit));
        choose(dialog, "exportFormat", QStringLiteral("tracer.json"));
        dialog.set_file(path("graph.tracer.json"));
        press(dialog, "exportStart");
        QFile file(path("graph.tracer.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject graph = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(graph.contains(QStringLiteral("metadata")));
        QVERIFY(!graph.value(QStringLiteral("links")).toArray().isEmpty());
        // The longer of two ends names the format.
        QCOMPARE(format_of_name(QStringLiteral("a.tracer.json"), Kind::circuit),
            QStringLiteral("tracer.json"));
        QCOMPARE(format_of_name(QStringLiteral("a.json"), Kind::circuit), QStringLiteral("json"));
        choose(dialog, "exportFormat", QStringLiteral("json"));
        QCOMPARE(QFileInfo(dialog.file()).fileName(), QStringLiteral("graph.json"));
    }

    void fields_that_are_hidden_choose_nothing()
    {
        ExportDialog dialog(source_);
        dialog.show();
        auto* legend = field<QAbstractButton>(dialog, "exportLegend");
        legend->setChecked(!legend->isChecked()); // any field, while those of a film are hidden
        dialog.set_file(path("before.png"));
        choose(dialog, "exportFormat", QStringLiteral("png"));
        press(dialog, "exportStart");
        QVERIFY(QFileInfo::exists(path("before.png")));
        QCOMPARE(read_export_choices(QSettings()).frames_per_second, 30);
        choose(dialog, "exportKind", static_cast<int>(Kind::film));
        QCOMPARE(field<QSpinBox>(dialog, "exportFrames")->value(), 30);
        choose(dialog, "exportFormat", QStringLiteral("%04d.png"));
        choose(dialog, "exportSize", QStringLiteral("720p"));
        field<QSpinBox>(dialog, "exportTo")->setValue(1);
        dialog.set_file(path("frames/%04d.png"));
        QSignalSpy exported(&dialog, &ExportDialog::exported);
        press(dialog, "exportStart");
        QVERIFY(exported.count() == 1 || exported.wait(60'000));
    }

    void a_slow_format_takes_nobodys_choice_away()
    {
        ExportDialog dialog(source_);
        dialog.show();
        choose(dialog, "exportKind", static_cast<int>(Kind::film));
        choose(dialog, "exportFormat", QStringLiteral("mp4"));
        auto* frames = field<QSpinBox>(dialog, "exportFrames");
        frames->setValue(60);
        choose(dialog, "exportFormat", QStringLiteral("gif"));
        QCOMPARE(frames->value(), 50);
        field<QDoubleSpinBox>(dialog, "exportSpeed")->setValue(7); // any other field
        QCOMPARE(frames->value(), 50);
        choose(dialog, "exportFormat", QStringLiteral("mp4"));
        QCOMPARE(frames->value(), 60);
    }

    void a_film_can_be_cancelled_and_shows_its_progress()
    {
        ExportDialog dialog(source_);
        dialog.show();
        choose(dialog, "exportKind", static_cast<int>(Kind::film));
        choose(dialog, "exportFormat", QStringLiteral("mp4"));
        field<QDoubleSpinBox>(dialog, "exportSpeed")->setValue(0.1);
        dialog.set_file(path("long.mp4"));
        press(dialog, "exportStart");
        QVERIFY(dialog.working());
        const auto* message = field<QLabel>(dialog, "exportMessage");
        QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral(" left")), 60'000);
        QVERIFY(!field<ExportForm>(dialog, "")->isEnabled());
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.working(), 60'000);
        QVERIFY(dialog.isVisible());
        QVERIFY(!QFile::exists(path("long.mp4")));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void what_is_there_is_replaced_only_where_the_user_says_so_data()
    {
        QTest::addColumn<QString>("name"); // that is written to
        QTest::addColumn<QString>("there");
        QTest::addColumn<bool>("film");
        for (const char* name : { "kept.png", "accuracy-50%.png", "kept-%d.png" })
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(name) << false;
        QTest::newRow("frames") << QStringLiteral("kept-%d.png") << QStringLiteral("kept-2.png") << true;
    }

    void what_is_there_is_replaced_only_where_the_user_says_so()
    {
        QFETCH(QString, name);
        QFETCH(QString, there);
        QFETCH(bool, film);
        const QString file = folder_.filePath(there);
        QFile older(file);
        QVERIFY(older.open(QIODevice::WriteOnly) && older.write("older") == 5);
        older.close();
        ExportDialog dialog(source_);
        dialog.show();
        if (film) {
            choose(dialog, "exportKind", static_cast<int>(Kind::film));
            choose(dialog, "exportSize", QStringLiteral("720p"));
            field<QSpinBox>(dialog, "exportTo")->setValue(1);
        }
        choose(dialog, "exportFormat", film ? QStringLiteral("%04d.png") : QStringLiteral("png"));
        dialog.set_file(folder_.filePath(name));
        // What Return presses in the question, and then the button that replaces.
        const auto answer = [&](bool replace) {
            bool asked = false;
            QTimer::singleShot(0, &dialog, [&asked, replace] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                if (!box)
                    return;
                asked = true;
                if (!replace) {
                    QTest::keyClick(box, Qt::Key_Return);
                    return;
                }
                for (QAbstractButton* button : box->buttons())
                    if (button->text() == QStringLiteral("Replace"))
                        button->click();
            });
            press(dialog, "exportStart");
            return asked;
        };
        QVERIFY(answer(false));
        QCOMPARE(QFileInfo(file).size(), 5);
        QVERIFY(answer(true));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.working(), 60'000);
        QVERIFY(!QImage(file).isNull());
    }

    void a_cancelled_film_says_what_became_of_the_file_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("there"); // empty: nothing
        QTest::addColumn<QString>("sentence");
        const auto unchanged = QStringLiteral("Cancelled; the file that was there is unchanged.");
        QTest::newRow("a new film") << QStringLiteral("newer.mp4") << QString()
                                    << QStringLiteral("Cancelled; there is no file.");
        QTest::newRow("one in the place of another")
            << QStringLiteral("older.mp4") << QStringLiteral("older.mp4") << unchanged;
        QTest::newRow("frames in the place of others")
            << QStringLiteral("older%d.png") << QStringLiteral("older0.png") << unchanged;
    }

    void a_cancelled_film_says_what_became_of_the_file()
    {
        QFETCH(QString, name);
        QFETCH(QString, there);
        QFETCH(QString, sentence);
        ExportDialog dialog(source_);
        dialog.show();
        choose(dialog, "exportKind", static_cast<int>(Kind::film));
        choose(dialog, "exportFormat",
            name.endsWith(QStringLiteral("mp4")) ? QStringLiteral("mp4")
                                                 : QStringLiteral("%04d.png"));
        field<QDoubleSpinBox>(dialog, "exportSpeed")->setValue(0.1);
        dialog.set_file(folder_.filePath(name));
        press(dialog, "exportStart");
        QVERIFY(dialog.working());
        const QString file = folder_.filePath(there); // after the question whether to replace it
        QFile older(file);
        if (!there.isEmpty())
            QVERIFY(older.open(QIODevice::WriteOnly) && older.write("older") == 5);
        older.close();
        const auto* message = field<QLabel>(dialog, "exportMessage");
        QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral(" left")), 60'000);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.working(), 60'000);
        QCOMPARE(message->text(), sentence);
        if (there.isEmpty())
            QVERIFY(!QFile::exists(folder_.filePath(name)));
        else
            QCOMPARE(QFileInfo(file).size(), 5);
    }

    void choices_are_remembered()
    {
        {
            ExportDialog dialog(source_);
            choose(dialog, "exportFormat", QStringLiteral("svg"));
            choose(dialog, "exportSize", QStringLiteral("column"));
            choose(dialog, "exportCurves", static_cast<int>(CurvesPlace::below));
            field<QAbstractButton>(dialog, "exportStamp")->setChecked(false);
            dialog.set_file(path("remember.svg"));
            press(dialog, "exportStart");
        }
        const ExportDialog again(source_);
        QCOMPARE(field<QComboBox>(again, "exportFormat")->currentData().toString(),
            QStringLiteral("svg"));
        QCOMPARE(field<QComboBox>(again, "exportSize")->currentData().toString(),
            QStringLiteral("column"));
        QVERIFY(!field<QAbstractButton>(again, "exportStamp")->isChecked());
        QVERIFY(again.file().startsWith(folder_.path()));
        QVERIFY(again.file().endsWith(QStringLiteral(".svg")));
    }

    void stored_choices_that_make_no_sense_are_passed_over()
    {
        QSettings settings;
        settings.setValue(QStringLiteral("export/kind"), 77);
        settings.setValue(QStringLiteral("export/circuitFormat"), QStringLiteral("exe"));
        settings.setValue(QStringLiteral("export/width"), QStringLiteral("wide"));
        settings.setValue(QStringLiteral("export/framesPerSecond"), -3);
        ExportChoices usual;
        usual.folder.clear();
        QVERIFY(read_export_choices(settings) == usual);
    }

    void the_name_follows_the_format()
    {
        ExportDialog dialog(source_);
        choose(dialog, "exportFormat", QStringLiteral("pdf"));
        QVERIFY(dialog.file().endsWith(QStringLiteral("a-run-iteration-6.pdf")));
        dialog.set_file(path("mine.pdf"));
        choose(dialog, "exportFormat", QStringLiteral("graphml"));
        QCOMPARE(dialog.file(), path("mine.graphml"));
        choose(dialog, "exportKind", static_cast<int>(Kind::film));
        choose(dialog, "exportFormat", QStringLiteral("%04d.png"));
        QCOMPARE(dialog.file(), path("mine-%04d.png"));
        choose(dialog, "exportFormat", QStringLiteral("webm"));
        QCOMPARE(dialog.file(), path("mine.webm"));
    }

    void the_format_follows_the_name()
    {
        ExportDialog dialog(source_);
        choose(dialog, "exportFormat", QStringLiteral("png"));
        auto* line = field<QLineEdit>(dialog, "exportFile");
        line->clear();
        QTest::keyClicks(line, path("x.svg"));
        QCOMPARE(field<QComboBox>(dialog, "exportFormat")->currentData().toString(),
            QStringLiteral("svg"));
        QCOMPARE(dialog.file(), path("x.svg"));
        dialog.set_file(path("y.pdf"));
        QCOMPARE(field<QComboBox>(dialog, "exportFormat")->currentData().toString(),
            QStringLiteral("pdf"));
    }

    void what_a_size_has_no_room_for_is_said()
    {
        ExportDialog dialog(source_);
        choose(dialog, "exportSize", QStringLiteral("own"));
        field<QSpinBox>(dialog, "exportWidth")->setValue(260);
        field<QSpinBox>(dialog, "exportHeight")->setValue(200);
        auto* said = field<QLabel>(dialog, "exportPixels");
        QTRY_VERIFY(!said->text().contains(u'%'));
        choose(dialog, "exportCurves", static_cast<int>(CurvesPlace::beside));
        QTRY_VERIFY(said->text().contains(u'%'));
        choose(dialog, "exportSize", QStringLiteral("page")); // which grows
        QTRY_VERIFY(!said->text().contains(u'%'));
    }

    void the_clipboard_has_a_bitmap_and_vectors()
    {
        ExportDialog dialog(source_);
        press(dialog, "exportCopy");
        const QMimeData* data = QApplication::clipboard()->mimeData();
        QVERIFY(data->hasImage());
        QVERIFY(QSvgRenderer(data->data(QStringLiteral("image/svg+xml"))).isValid());
    }

    void errors_are_said_where_one_looks()
    {
        ExportDialog dialog(source_);
        dialog.set_file(path("nowhere/c.png"));
        press(dialog, "exportStart");
        const auto* message = field<QLabel>(dialog, "exportMessage");
        QVERIFY(message->text().contains(QStringLiteral("nowhere/c.png")));
        QVERIFY(message->property("error").toBool());
    }

    void every_field_has_a_name_and_a_tip_and_is_reached_by_tab()
    {
        ExportDialog dialog(source_);
        dialog.show();
        choose(dialog, "exportKind", static_cast<int>(Kind::film));
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QSet<QWidget*> reached;
        for (int i = 0; i < 80; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            reached.insert(QApplication::focusWidget());
        }
        int fields = 0;
        for (QWidget* widget : dialog.findChildren<QWidget*>()) {
            if (!widget->objectName().startsWith(QStringLiteral("export"))
                || widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
                || !widget->isEnabled())
                continue;
            ++fields;
            QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(widget->objectName()));
            QVERIFY2(reached.contains(widget), qPrintable(widget->objectName()));
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                qPrintable(widget->objectName()));
        }
        QVERIFY(fields > 12);
    }

private:
    QString path(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }
    /// What the dialog writes into a file of that name, which says the format.
    QByteArray bytes_of_run(const char* name) const
    {
        ExportDialog dialog(source_);
        choose(dialog, "exportKind", static_cast<int>(Kind::run));
        choose(dialog, "exportFormat", QString::fromLatin1(name).section(u'.', -1));
        dialog.set_file(path(name));
        const QSignalSpy exported(&dialog, &ExportDialog::exported);
        press(dialog, "exportStart");
        QFile file(path(name));
        const bool written = QTest::qWaitFor([&] { return !exported.isEmpty(); }, 60'000);
        return written && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir folder_;
    ExportSource source_;
};

CIRCUITLOOM_UI_TEST(TestExportDialog, Application::widgets)
#include "tst_export_dialog.moc"
