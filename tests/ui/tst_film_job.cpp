#include "tests/support/experiment_source.h"
#include "tests/support/ui_test.h"
#include "ui/circuit/scene_transition.h"
#include "ui/export/film_job.h"
#include "ui/export/picture_writer.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::ui;

class TestFilmJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { source_ = circuitloom::testing::experiment_source(path("run.loom"), 12); }

    void its_frames_are_the_pictures_of_those_moments()
    {
        FilmContent film = content();
        film.page.curves = CurvesPlace::below;
        // Room for five plots: where texts or many dots lie on one another, so do their roundings.
        film.page.size = { 640, 2000 };
        QCOMPARE(made(path("frames/%03d.png"), film), QString());
        const QDir folder(path("frames"));
        const int count = frame_count(film.script);
        QCOMPARE(folder.entryList(QDir::Files).size(), count);

        RunScenes scenes(film.file, film.run, film.look);
        for (const int frame : { 0, 7, count - 1 }) {
            const double position = position_at(film.script, frame);
            const int iteration = static_cast<int>(position);
            const int step = film.steps[static_cast<std::size_t>(iteration)];
            PageOptions options = film.page;
            options.stamp = iteration_stamp(iteration, step);
            PicturePage page
                = circuit_page({ scenes.between(position), {}, {}, {} }, film.theme, options);
            add_curves(page, plotted(), film.theme, options.curves, step);
            const QImage expected = page_image(page, { film.scale, 1 });
            const QImage seen(
                folder.filePath(QStringLiteral("%1.png").arg(frame, 3, 10, QChar(u'0'))));
            QCOMPARE(seen.size(), expected.size());
            const int difference = largest_difference(seen, expected);
            QVERIFY2(
                difference <= 2, QByteArray::number(difference)); // of blending in another order
        }
    }

    void a_picture_says_how_many_edges_it_leaves_out()
    {
        ExportSource source = source_;
        const auto all
            = static_cast<int>(ExperimentReader(source.file)
                                   .circuit(RunId{ source.origin.run }, { source.iteration })
                                   .size());
        const auto stamp = [&](int strongest) {
            source.look.scene.filter.strongest = strongest;
            RunScenes scenes(source.file, RunId{ source.origin.run }, source.look);
            const PicturePage page = picture_of(source, {}, scenes);
            const auto layer = std::ranges::find(
                page.drawing.layers, QStringLiteral("stamp"), &DrawingLayer::name);
            return layer == page.drawing.layers.end() ? QString() : layer->labels.front().text;
        };
        QVERIFY(stamp(3).endsWith(QStringLiteral(" · 3 of %1 edges").arg(all)));
        QVERIFY(!stamp(all).contains(QStringLiteral("edges")));
    }

    void a_film_says_so_in_every_frame()
    {
        FilmContent film = content();
        film.look.scene.filter.strongest = 3;
        film.page.size = { 640, 400 };
        QCOMPARE(made(path("few/%03d.png"), film), QString());
        const ExperimentReader reader(film.file);
        RunScenes scenes(film.file, film.run, film.look);
        for (const int frame : { 0, 7, frame_count(film.script) - 1 }) {
            const double position = position_at(film.script, frame);
            const int iteration = static_cast<int>(position);
            PageOptions options = film.page;
            options.stamp = iteration_stamp(
                                iteration, film.steps[static_cast<std::size_t>(iteration)])
                + QStringLiteral(" · 3 of %1 edges")
                      .arg(reader.circuit(film.run, { iteration }).size());
            const QImage expected = page_image(
                circuit_page({ scenes.between(position), {}, {}, {} }, film.theme, options),
                { film.scale, 1 });
            const QImage seen(
                path("few/%1.png").arg(frame, 3, 10, QChar(u'0')));
            QCOMPARE(seen.size(), expected.size());
            const int difference = largest_difference(seen, expected);
            QVERIFY2(difference <= 2, QByteArray::number(difference));
        }
        // Whatever a frame says has room beside a long title.
        ExportSource source = source_;
        source.look.scene.filter.strongest = 3;
        const QString widest = film_of(source, {}).page.widest_stamp;
        QVERIFY2(widest.endsWith(QStringLiteral(" edges")), qPrintable(widest));
    }

    void between_two_iterations_it_moves_as_playing_does()
    {
        const FilmContent film = content();
        RunScenes scenes(film.file, film.run, film.look);
        const CircuitScene a = scenes.at(3);
        const CircuitScene b = scenes.at(4);
        QCOMPARE(scenes.between(3).edges, a.edges);
        QCOMPARE(scenes.between(3.25).edges, interpolate(a, b, 0.25, entrance_between(a, b)).edges);
        QCOMPARE(scenes.between(4).edges, b.edges);
    }

    void references_are_those_asked_for()
    {
        const ExperimentReader reader(content().file);
        FilmContent film = content();
        film.look.reference = CircuitLook::Reference::previous;
        const CircuitScene since_previous = RunScenes(film.file, film.run, film.look).at(5);
        QCOMPARE(since_previous.edges,
            scene_of(film.look.graph, film.look.layout, reader.circuit(film.run, { 5 }),
                reader.circuit(film.run, { 4 }), film.look.scene)
                .edges);
        film.look.reference = CircuitLook::Reference::chosen;
        film.look.chosen = 2;
        RunScenes since_second(film.file, film.run, film.look);
        // Beside itself everything is as before, and the legend says so.
        const CircuitScene itself = since_second.at(2);
        QVERIFY(itself.has_reference);
        for (const EdgeAppearance& edge : itself.edges)
            QVERIFY(edge.change == EdgeAppearance::Change::kept);
        for (const int iteration : { 3, 9, 1 }) // in any order
            QCOMPARE(since_second.at(iteration).edges,
                scene_of(film.look.graph, film.look.layout, reader.circuit(film.run, { iteration }),
                    reader.circuit(film.run, { 2 }), film.look.scene)
                    .edges);
    }

    void ages_are_known_for_every_iteration()
    {
        FilmContent film = content();
        film.look.scene.mode = ColorMode::age;
        EdgeAges ages;
        const ExperimentReader reader(film.file);
        for (int i = 0; i <= 8; ++i)
            ages.add(reader.circuit(film.run, { i }));
        RunScenes scenes(film.file, film.run, film.look);
        for (const int iteration : { 8, 2 }) {
            SceneOptions options = film.look.scene;
            options.ages = ages.at(iteration);
            QCOMPARE(scenes.at(iteration).edges,
                scene_of(film.look.graph, film.look.layout, reader.circuit(film.run, { iteration }),
                    {}, options)
                    .edges);
        }
    }

    void films_have_even_sides_and_report_progress()
    {
        FilmContent film = content();
        film.page.size = { 321, 201 };
        FilmJob job(path("odd.mp4"), film, {});
        QSignalSpy progressed(&job, &FilmJob::progressed);
        QSignalSpy finished(&job, &FilmJob::finished);
        job.start();
        QVERIFY(finished.wait(60'000));
        QVERIFY(QFileInfo(path("odd.mp4")).size() > 1000);
        const int count = frame_count(film.script);
        QCOMPARE(progressed.back(), QVariantList({ count, count }));
    }

    void cancelled_it_leaves_nothing()
    {
        FilmContent film = content();
        film.script.iterations_per_second = 0.1; // thousands of frames
        film.page.curves = CurvesPlace::below;
        for (const char* name : { "half.mp4", "half.gif", "half/%d.png" }) {
            FilmJob job(path(name), film, plotted());
            QSignalSpy progressed(&job, &FilmJob::progressed);
            QSignalSpy cancelled(&job, &FilmJob::cancelled);
            QSignalSpy finished(&job, &FilmJob::finished);
            QSignalSpy failed(&job, &FilmJob::failed);
            job.start();
            QVERIFY(progressed.wait(60'000));
            job.cancel();
            QVERIFY(cancelled.count() == 1 || cancelled.wait(60'000));
            QCOMPARE(finished.count() + failed.count(), 0);
        }
        // Destroyed while it works, it waits.
        FilmJob(path("half.webm"), film, plotted()).start();
        QVERIFY(QDir(folder_.path()).entryList({ QStringLiteral("half*") }).isEmpty());
    }

    void failures_are_one_sentence()
    {
        const QString sentence = made(path("no such folder/film.mp4"), content());
        QVERIFY2(
            sentence.contains(QStringLiteral("no such folder/film.mp4")), qPrintable(sentence));
        QVERIFY(sentence.endsWith(u'.'));
        FilmContent other = content();
        other.file = path("none.loom").toStdString();
        QVERIFY(made(path("film.mp4"), other).contains(QStringLiteral("none.loom")));
        QVERIFY(!QFile::exists(path("film.mp4")));
    }

private:
    QString path(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }

    const std::vector<PlottedRun>& plotted() const { return source_.curves; }

    FilmContent content() const
    {
        ExportSettings settings;
        settings.script = { 2, 6, 8, 20, 0.2 };
        settings.page.size = { 420, 320 };
        settings.page.title = QStringLiteral("A film");
        settings.sharpness.scale = 1.5;
        return film_of(source_, settings);
    }

    /// The sentence of a failure; empty where the film was made.
    QString made(const QString& file, const FilmContent& film) const
    {
        FilmJob job(file, film, plotted());
        QSignalSpy finished(&job, &FilmJob::finished);
        QSignalSpy failed(&job, &FilmJob::failed);
        job.start();
        if (!QTest::qWaitFor([&] { return finished.count() + failed.count() > 0; }, 120'000))
            return QStringLiteral("it takes too long.");
        return failed.isEmpty() ? QString() : failed.front().front().toString();
    }

    static int largest_difference(const QImage& a, const QImage& b)
    {
        int most = 0;
        for (int y = 0; y < a.height(); ++y) {
            for (int x = 0; x < a.width(); ++x) {
                const QRgb one = a.pixel(x, y);
                const QRgb other = b.pixel(x, y);
                most = std::max({ most, std::abs(qRed(one) - qRed(other)),
                    std::abs(qGreen(one) - qGreen(other)), std::abs(qBlue(one) - qBlue(other)) });
            }
        }
        return most;
    }

    QTemporaryDir folder_;
    ExportSource source_;
};

CIRCUITLOOM_UI_TEST(TestFilmJob, Application::widgets)
#include "tst_film_job.moc"
