#include "core/run/silent_observer.h"
#include "core/store/experiment_reader.h"
#include "tests/support/fake_engine.h"
#include "tests/support/other_programs.h"
#include "tests/support/ui_test.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace circuitloom;
using circuitloom::testing::printed_by;

/// `circuitloom export` as a user calls it: another process, no display.
class TestExportCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        circuitloom::SilentObserver observer;
        RunControl control;
        circuitloom::testing::FakeEngine engine;
        RunConfig config = preset("sv-disagreement");
        config.steps = 20;
        engine.tune(config, folder_.filePath(QStringLiteral("demo.loom")).toStdString(), observer,
            control, {});
    }

    void pictures_of_a_circuit()
    {
        const QString png = out("c.png");
        QCOMPARE(
            run({ experiment(), QStringLiteral("--run"), QStringLiteral("1"),
                QStringLiteral("--iteration"), QStringLiteral("7"), QStringLiteral("-o"), png }),
            0);
        QVERIFY(!QImage(png).isNull());
        for (const char* name : { "c.svg", "c.pdf" })
            QCOMPARE(run({ experiment(), QStringLiteral("-o"), out(name) }), 0);
    }

    void pictures_and_data_of_the_curves()
    {
        for (const char* name : { "k.png", "k.svg", "k.pdf", "k.csv" }) {
            QCOMPARE(run({ experiment(), QStringLiteral("--what"), QStringLiteral("curves"),
                         QStringLiteral("--theme"), QStringLiteral("dark"), QStringLiteral("-o"),
                         out(name) }),
                0);
            QVERIFY(QFile(out(name)).size() > 0);
        }
    }

    void a_sweep_as_picture_and_as_numbers()
    {
        const std::string sweep = folder_.filePath(QStringLiteral("sweep.loom")).toStdString();
        circuitloom::SilentObserver observer;
        RunControl control;
        circuitloom::testing::FakeEngine engine;
        for (const int n : { 5, 200 })
            for (const std::uint64_t seed : { 1, 2 }) {
                RunConfig config = preset("sv-disagreement");
                config.steps = 3;
                config.selection.n = n;
                config.seed = seed;
                engine.tune(config, sweep, observer, control, {});
            }
        for (const char* name : { "s.png", "s.svg", "s.pdf", "s.csv" })
            QCOMPARE(run({ QString::fromStdString(sweep), QStringLiteral("--what"),
                         QStringLiteral("sweep"), QStringLiteral("-o"), out(name) }),
                0);
        QCOMPARE(QImage(out("s.png")).size(), QSize(2200, 680));
        QVERIFY(contents("s.svg").contains("circuit.top_n (logarithmic)"));
        QCOMPARE(contents("s.csv").trimmed().split('\n').size(), 3);
        QVERIFY(contents("s.csv").startsWith("circuit.top_n,"));
        QVERIFY(contents("s.csv").contains("\n200,"));

        QVERIFY(run({ QString::fromStdString(sweep), QStringLiteral("--what"),
                    QStringLiteral("sweep"), QStringLiteral("--over"),
                    QStringLiteral("circuit.method"), QStringLiteral("-o"), out("s.svg") })
            != 0);
        QVERIFY(errors_.contains("they differ in circuit.top_n"));
        QVERIFY(run({ QString::fromStdString(sweep), QStringLiteral("--what"),
                    QStringLiteral("sweep"), QStringLiteral("--measure"),
                    QStringLiteral("happiness"), QStringLiteral("-o"), out("s.svg") })
            != 0);
        QVERIFY(errors_.contains("tunable"));
        QVERIFY(run({ experiment(), QStringLiteral("--what"), QStringLiteral("sweep"),
                    QStringLiteral("-o"), out("s.svg") })
            != 0);
        QVERIFY(errors_.contains("no finished runs that differ"));
    }

    void a_run_of_unknown_settings_is_in_no_sweep()
    {
        const std::string sweep = folder_.filePath(QStringLiteral("newer.loom")).toStdString();
        circuitloom::SilentObserver observer;
        RunControl control;
        circuitloom::testing::FakeEngine engine;
        for (const int n : { 5, 200, 200 }) {
            RunConfig config = preset("sv-disagreement");
            config.steps = 3;
            config.selection.n = n;
            engine.tune(config, sweep, observer, control, {});
        }
        // As a newer version of the program may write it.
        SQLite::Database(sweep, SQLite::OPEN_READWRITE)
            .exec("UPDATE run SET configuration = '{\"newer\": 1}' WHERE run_id = 3");
        QCOMPARE(run({ QString::fromStdString(sweep), QStringLiteral("--what"),
                     QStringLiteral("sweep"), QStringLiteral("-o"), out("newer.csv") }),
            0);
        const QList<QByteArray> lines = contents("newer.csv").trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[0].startsWith("circuit.top_n,") && !lines[0].contains("other settings"),
            lines[0].constData());
        QVERIFY2(lines[2].startsWith("200,") && lines[2].endsWith(",1"), lines[2].constData());
    }

    void films_that_other_programs_play_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("codec");
        QTest::newRow("mp4") << QStringLiteral("f.mp4") << QByteArray("h264");
        QTest::newRow("webm") << QStringLiteral("f.webm") << QByteArray("vp9");
        QTest::newRow("gif") << QStringLiteral("f.gif") << QByteArray("gif");
    }

    void films_that_other_programs_play()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, codec);
        NEED_PROGRAM("ffprobe");
        const QString film = folder_.filePath(name);
        // Iterations 3 to 11 at 10 a second, then a second of standing still.
        QCOMPARE(
            run(words("%1 --range 3:11 --speed 10 --fps 20 --size 320x240 --curves below -o %2")
                    .replaceInStrings(QStringLiteral("%1"), experiment())
                    .replaceInStrings(QStringLiteral("%2"), film)),
            0);
        QVERIFY(errors_.contains("36 of 36")); // progress
        const QByteArray probed = printed_by("ffprobe",
            { QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-count_frames"),
                QStringLiteral("-show_streams"), film });
        for (const QByteArray& fact : { QByteArray("codec_name=" + codec), QByteArray("width=320"),
                 QByteArray("height=240"), QByteArray("nb_read_frames=36") })
            QVERIFY2(probed.contains(QByteArray(fact + "\n")), probed.constData());
    }

    void an_interrupted_film_leaves_nothing()
    {
        QProcess process;
        process.setWorkingDirectory(folder_.path());
        process.start(QStringLiteral(CIRCUITLOOM_GUI_BINARY),
            QStringList{ QStringLiteral("export") }
                + words("demo.loom --speed 0.01 -o interrupted.mp4"));
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT(
            (said += process.readAllStandardError()).contains("frame"), 60'000);
        process.terminate();
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(QDir(folder_.path()).entryList({ QStringLiteral("interrupted*") }).isEmpty());
    }

    void numbered_frames()
    {
        QCOMPARE(run({ experiment(), QStringLiteral("--range"), QStringLiteral("0:4"),
                     QStringLiteral("--seconds"), QStringLiteral("2"), QStringLiteral("--fps"),
                     QStringLiteral("5"), QStringLiteral("--preset"), QStringLiteral("720p"),
                     QStringLiteral("-o"), out("frames/%04d.png") }),
            0);
        const QStringList frames = QDir(out("frames")).entryList(QDir::Files);
        QCOMPARE(frames.size(), 10);
        QCOMPARE(frames.front(), QStringLiteral("0000.png"));
        QCOMPARE(QImage(out("frames/0009.png")).size(), QSize(1280, 720));
    }

    void edges_as_data_that_other_programs_read()
    {
        for (const char* name : { "c.dot", "c.json", "c.graphml", "c.csv" })
            QCOMPARE(
                run({ experiment(), QStringLiteral("--iteration"), QStringLiteral("7"),
                    QStringLiteral("--strongest"), QStringLiteral("12"), QStringLiteral("--color"),
                    QStringLiteral("kind"), QStringLiteral("-o"), out(name) }),
                0);
        const auto json = nlohmann::json::parse(contents("c.json").toStdString());
        QCOMPARE(json["iteration"].get<int>(), 7);
        QCOMPARE(json["edges"].size(), std::size_t{ 12 });
        QCOMPARE(contents("c.csv").trimmed().split('\n').size(), 13);

        NEED_PROGRAM("dot");
        const QByteArray plain = printed_by("dot", { QStringLiteral("-Tplain"), out("c.dot") });
        QCOMPARE(plain.count("\nedge "), 12);
        NEED_PROGRAM("python3");
        const QString script
            = QStringLiteral(CIRCUITLOOM_SOURCE_DIR "/tests/support/read_graphml.py");
        const QByteArray read = printed_by("python3", { script, out("c.graphml") });
        if (read.isEmpty())
            QSKIP("python3 has no networkx");
        QCOMPARE(nlohmann::json::parse(read.toStdString())["edges"].size(), std::size_t{ 12 });
    }

    void every_option_of_a_picture_changes_it()
    {
        const auto picture = [&](const QString& options) {
            const QString file = out("option.png");
            if (run(QStringList{ experiment(), QStringLiteral("--iteration"), QStringLiteral("9"),
                        QStringLiteral("--size"), QStringLiteral("500x400") }
                    + (options.isEmpty() ? QStringList() : options.split(u';'))
                    + QStringList{ QStringLiteral("-o"), file })
                != 0)
                return QImage();
            return QImage(file);
        };
        const QImage usual = picture({});
        QCOMPARE(usual.size(), QSize(1000, 800));
        for (const char* options : { "--theme;dark", "--strongest;5", "--color;since-previous",
                 "--color;since:4", "--color;sign", "--color;kind", "--color;age", "--color;single",
                 "--width-scale;linear", "--width-scale;log", "--transparent", "--title;",
                 "--title;Another", "--caption;Seen here", "--no-legend", "--no-stamp",
                 "--curves;below", "--curves;beside", "--scale;1", "--preset;column",
                 "--size;600x400" }) {
            const QImage changed = picture(QString::fromLatin1(options));
            QVERIFY2(!changed.isNull(), options);
            QVERIFY2(changed != usual, options);
        }
    }

    void errors_are_one_sentence_and_an_exit_code()
    {
        for (const char* options :
            { "", "%1", "none.loom -o x.png", "%1 --run 9 -o x.png", "%1 --iteration 999 -o x.png",
                "%1 --run one -o x.png", "%1 --theme pink -o x.png", "%1 --nonsense -o x.png",
                "%1 -o x.bmp", "%1 --range 5 -o x.mp4", "%1 --range 9:3 -o x.mp4",
                "%1 --range 3:999 -o x.mp4", "%1 --fps 0 -o x.mp4", "%1 --fps 60 -o x.gif",
                "%1 --speed -2 -o x.mp4", "%1 --size 100 -o x.png", "%1 --size 5x5 -o x.png",
                "%1 --scale 1000 -o x.png", "%1 --preset poster -o x.png",
                "%1 --color since:x -o x.png", "%1 --color since:99 -o x.png",
                "%1 --curves above -o x.png", "%1 -o nowhere/x.mp4", "%1 -o nowhere/x.svg" }) {
            const QStringList call
                = words(options).replaceInStrings(QStringLiteral("%1"), experiment());
            QVERIFY2(run(call) == 1, options);
            QCOMPARE(errors_.trimmed().count('\n'), 0);
            QVERIFY2(errors_.startsWith("circuitloom export: "), errors_.constData());
        }
        QVERIFY(QDir(folder_.path()).entryList({ QStringLiteral("x.*") }).isEmpty());
        run(words("%1 --iteration 999 -o x.png")
                .replaceInStrings(QStringLiteral("%1"), experiment()));
        QVERIFY2(errors_.contains("0 to 20"), errors_.constData());
        run(words("%1 -o x.jpg").replaceInStrings(QStringLiteral("%1"), experiment()));
        for (const char* format : { "png", "svg", "pdf", "dot", "json", "graphml", "csv", "mp4",
                 "webm", "gif" })
            QVERIFY2(errors_.contains(format), errors_.constData());
    }

    void options_without_a_meaning_for_what_is_made_are_refused_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QByteArray>("named");
        const auto row = [](const char* options, const char* named) {
            QTest::newRow(options) << QString::fromLatin1(options) << QByteArray(named);
        };
        row("--range 3:4 -o x.png", "--iteration");
        row("--range 3:4 -o x.json", "--iteration");
        row("--range 3:4 --what curves -o x.svg", "--range");
        row("--iteration 3 -o x.mp4", "--range");
        row("--iteration 3 -o x/%04d.png", "--range");
        row("--iteration 3 --what curves -o x.csv", "--iteration");
        row("--run 1 --what sweep -o x.svg", "--run");
        row("--fps 20 -o x.svg", "--fps");
        row("--speed 2 -o x.pdf", "--speed");
        row("--seconds 2 -o x.graphml", "--seconds");
        row("--seconds 2 --speed 3 -o x.mp4", "--speed");
        row("--over circuit.top_n -o x.png", "--what sweep");
        row("--strongest 5 --what curves -o x.png", "--strongest");
        row("--color kind --what sweep -o x.csv", "--color");
        row("--select a1.h1 -o x.csv", "--isolate");
        row("--curves below --what curves -o x.png", "--what curves");
    }

    void options_without_a_meaning_for_what_is_made_are_refused()
    {
        QFETCH(QString, options);
        QFETCH(QByteArray, named);
        QCOMPARE(run(QStringList{ experiment() } + options.split(u' ')), 1);
        const QByteArray first = options.section(u' ', 0, 0).toLatin1();
        QVERIFY2(errors_.contains(first) && errors_.contains(named), errors_.constData());
        QVERIFY2(errors_.contains("leave"), errors_.constData());
        QCOMPARE(errors_.trimmed().count('\n'), 0);
        QVERIFY(QDir(folder_.path()).entryList({ QStringLiteral("x*") }).isEmpty());
    }

    void looks_without_a_meaning_for_what_is_made_are_remarked_on()
    {
        for (const char* options : { "--size 300x200 -o looks.dot",
                 "--title Name --what curves -o looks.csv", "--dashes --what curves -o looks.svg",
                 "--transparent --range 0:1 --size 100x100 -o looks.gif" }) {
            QCOMPARE(run(QStringList{ experiment() } + words(options)), 0);
            const QByteArray option = QByteArray(options).split(' ').front();
            const QByteArray said = "circuitloom export: " + option + " is of ";
            QVERIFY2(errors_.startsWith(said), errors_.constData());
        }
        QCOMPARE(run(QStringList{ experiment() } + words("--size 300x200 -o looks.svg")), 0);
        QVERIFY2(errors_.isEmpty(), errors_.constData());
    }

    void another_kind_of_file_is_replaced_only_by_force()
    {
        const auto put = [this](const char* name, const QByteArray& bytes) {
            QFile file(out(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        const QString copied = folder_.filePath(QStringLiteral("other.loom"));
        QVERIFY(QFile::copy(experiment(), copied));
        for (const char* name : { "a.svg", "a.mp4", "a.gif", "my.json", "my.csv" }) {
            const bool is_experiment = name[0] == 'a';
            if (is_experiment)
                QVERIFY(QFile::copy(copied, out(name)));
            else
                put(name, R"({"theme": "dark"})");
            const QByteArray before = contents(name);
            QCOMPARE(run({ experiment(), QStringLiteral("-o"), out(name) }), 1);
            QVERIFY2(errors_.contains("is there already"), errors_.constData());
            QCOMPARE(contents(name), before);
        }
        for (const char* name : { "a.svg", "my.json" }) {
            QCOMPARE(run({ experiment(), QStringLiteral("--force"), QStringLiteral("-o"), out(name) }), 0);
            // What was made is of the kind that may be made again.
            QCOMPARE(run({ experiment(), QStringLiteral("-o"), out(name) }), 0);
        }
        // What is read is not replaced either, whatever its name.
        const QString read = out("b.svg");
        QVERIFY(QFile::copy(copied, read));
        const QByteArray before = contents("b.svg");
        QCOMPARE(run({ read, QStringLiteral("--force"), QStringLiteral("-o"), read }), 1);
        QVERIFY2(errors_.contains("b.svg"), errors_.constData());
        QCOMPARE(contents("b.svg"), before);
    }

    void a_full_standard_output_is_an_error()
    {
        if (!std::filesystem::is_character_file("/dev/full"))
            QSKIP("there is no device /dev/full here");
        for (const char* arguments : { "--version", "--help", "export --help", "report --help" }) {
            QProcess process;
            process.setStandardOutputFile(QStringLiteral("/dev/full"));
            process.start(
                QStringLiteral(CIRCUITLOOM_GUI_BINARY), words(arguments));
            QVERIFY(process.waitForFinished(60'000));
            QCOMPARE(process.exitCode(), 1);
            QVERIFY(process.readAllStandardError().contains("standard output"));
        }
    }

    void a_second_signal_ends_a_window_at_once()
    {
        // What is killed leaves its log behind, so it has a file of its own.
        const QString killed = out("killed.loom");
        QVERIFY(QFile::copy(experiment(), killed));
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), folder_.path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(CIRCUITLOOM_GUI_BINARY), { killed });
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(killed + QStringLiteral("-shm")), 60'000);
        const auto id = static_cast<pid_t>(process.processId());
        ::kill(id, SIGSTOP); // so that both have come before it acts on the first
        ::kill(id, SIGTERM);
        ::kill(id, SIGINT);
        ::kill(id, SIGCONT);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit); // a signal's default
    }

    void a_window_that_is_told_to_end_ends_in_order()
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), folder_.path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(CIRCUITLOOM_GUI_BINARY), { experiment() });
        // The reader's log beside the file tells that the window has it open.
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(experiment() + QStringLiteral("-shm")), 60'000);
        process.terminate();
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(!QFile::exists(experiment() + QStringLiteral("-shm")));
    }

    void what_the_disk_refuses_is_said_with_the_files_name()
    {
        if (!std::filesystem::is_character_file("/dev/full"))
            QSKIP("There is no device /dev/full here.");
        for (const char* name : { "full.svg", "full.png", "full.pdf", "full.json" }) {
            QVERIFY(QFile::link(QStringLiteral("/dev/full"), out(name)));
            QCOMPARE(run({ experiment(), QStringLiteral("-o"), out(name) }), 1);
            QVERIFY2(errors_.contains(name) && errors_.contains("No space left"),
                errors_.constData());
        }
        QVERIFY(QFile::link(QStringLiteral("/dev/full"), out("full.csv")));
        QCOMPARE(run({ experiment(), QStringLiteral("--what"), QStringLiteral("curves"),
                     QStringLiteral("-o"), out("full.csv") }),
            1);
        QVERIFY2(errors_.contains("No space left"), errors_.constData());
    }

    void a_film_that_would_be_too_long_is_refused_with_the_limit()
    {
        QCOMPARE(run(words("%1 --seconds 1e9 -o long.mp4")
                         .replaceInStrings(QStringLiteral("%1"), experiment())),
            1);
        // 20 iterations on, at 0.01 a second, and the last one's second.
        QVERIFY2(errors_.contains("at most 2001 s"), errors_.constData());
        QCOMPARE(run(words("%1 --speed 0.001 -o long.mp4")
                         .replaceInStrings(QStringLiteral("%1"), experiment())),
            1);
        QVERIFY(QDir(folder_.path()).entryList({ QStringLiteral("long*") }).isEmpty());
    }

    void files_are_found_by_names_that_are_not_utf8()
    {
        const std::string folder = folder_.path().toStdString();
        std::filesystem::copy_file(folder + "/demo.loom", folder + "/caf\xE9.loom");
        const std::string command = "cd '" + folder + "' && '" CIRCUITLOOM_GUI_BINARY
                                    "' export 'caf\xE9.loom' -o '\xE9t\xE9.svg'";
        QCOMPARE(std::system(command.c_str()), 0);
        QVERIFY(std::filesystem::file_size(folder + "/\xE9t\xE9.svg") > 1000);
    }

    void help_names_every_option()
    {
        QCOMPARE(run({ QStringLiteral("--help") }), 0);
        for (const char* option : { "--run", "--iteration", "--range", "--fps", "--speed",
                 "--seconds", "--what", "--theme", "--strongest", "--color", "--width-scale",
                 "--preset", "--size", "--scale", "--transparent", "--title", "--caption",
                 "--no-legend", "--no-stamp", "--curves", "--output" })
            QVERIFY2(printed_.contains(option), option);
    }

private:
    QString out(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }
    QString experiment() const { return out("demo.loom"); }

    QByteArray contents(const char* name) const
    {
        QFile file(out(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QStringList words(const char* text)
    {
        return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
    }

    int run(const QStringList& arguments)
    {
        QProcess process;
        process.setWorkingDirectory(folder_.path());
        process.start(QStringLiteral(CIRCUITLOOM_GUI_BINARY),
            QStringList{ QStringLiteral("export") } + arguments);
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            return -1;
        errors_ = process.readAllStandardError();
        printed_ = process.readAllStandardOutput();
        return process.exitCode();
    }

    QTemporaryDir folder_;
    QByteArray errors_;
    QByteArray printed_;
};

CIRCUITLOOM_UI_TEST(TestExportCommand, Application::core)
#include "tst_export_command.moc"
