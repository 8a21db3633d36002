#include "core/base/error.h"
#include "tests/support/other_programs.h"
#include "tests/support/ui_test.h"
#include "ui/video/film_writer.h"

#include <QDir>
#include <QFile>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cmath>
#include <csignal>

#include <sys/resource.h>

using namespace circuitloom;
using namespace circuitloom::ui;
using circuitloom::testing::printed_by;

namespace {

constexpr int frame_count = 47;
constexpr int frames_per_second = 25;
const QSize size{ 322, 182 };
const std::array<QColor, 4> corners{ QColor(214, 39, 40), QColor(31, 119, 180), QColor(44, 160, 44),
    QColor(250, 250, 250) };

QPoint middle_of(std::size_t corner)
{
    return { size.width() * (corner % 2 == 0 ? 1 : 3) / 4,
        size.height() * (corner < 2 ? 1 : 3) / 4 };
}

/// Four areas of colour, which turn on by one corner at every frame, and a line that moves.
QImage frame_of(int number)
{
    QImage frame(size, QImage::Format_RGB32);
    QPainter painter(&frame);
    for (std::size_t i = 0; i < corners.size(); ++i)
        painter.fillRect(QRect(size.width() / 2 * static_cast<int>(i % 2),
                             size.height() / 2 * static_cast<int>(i / 2), size.width() / 2 + 1,
                             size.height() / 2 + 1),
            corners[(i + static_cast<std::size_t>(number)) % corners.size()]);
    painter.setPen(QPen(Qt::black, 2));
    painter.drawLine(number, 0, number, size.height());
    return frame;
}

int difference(const QColor& a, const QColor& b)
{
    return std::max({ std::abs(a.red() - b.red()), std::abs(a.green() - b.green()),
        std::abs(a.blue() - b.blue()) });
}

} // namespace

class TestFilmWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void other_programs_see_the_frames_that_were_written_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("codec");
        QTest::addColumn<int>("tolerance");
        QTest::newRow("mp4") << QStringLiteral("f.mp4") << QStringLiteral("h264") << 8;
        QTest::newRow("webm") << QStringLiteral("f.webm") << QStringLiteral("vp9") << 8;
        QTest::newRow("gif") << QStringLiteral("f.gif") << QStringLiteral("gif") << 3;
    }

    void other_programs_see_the_frames_that_were_written()
    {
        QFETCH(QString, name);
        QFETCH(QString, codec);
        QFETCH(int, tolerance);
        NEED_PROGRAM("ffprobe");
        NEED_PROGRAM("ffmpeg");
        const QString file = path(name);
        write(file);

        const QByteArray probed = printed_by("ffprobe",
            { QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-count_frames"),
                QStringLiteral("-show_streams"), QStringLiteral("-show_format"), file });
        QVERIFY(probed.contains(QByteArray("codec_name=" + codec.toUtf8() + "\n")));
        QVERIFY(probed.contains("width=322\n"));
        QVERIFY(probed.contains("height=182\n"));
        QVERIFY(probed.contains(
            QByteArray("nb_read_frames=" + QByteArray::number(frame_count) + "\n")));
        if (codec == QStringLiteral("h264") || codec == QStringLiteral("vp9")) {
            QVERIFY(probed.contains("r_frame_rate=25/1\n"));
            QVERIFY(probed.contains("pix_fmt=yuv420p\n"));
            QVERIFY(probed.contains("color_range=tv\n"));
            QVERIFY(probed.contains("color_space=bt709\n"));
        }
        // 47 frames of 1/25 s: a GIF says so too, in hundredths.
        const qsizetype from = probed.lastIndexOf("duration=") + 9;
        QVERIFY(
            std::abs(probed.mid(from, probed.indexOf('\n', from) - from).toDouble() - 1.88) < 0.05);

        const QString decoded = path(name + QStringLiteral("-%02d.png"));
        printed_by("ffmpeg",
            { QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y"),
                QStringLiteral("-i"), file, QStringLiteral("-vsync"), QStringLiteral("0"),
                decoded });
        for (const int number : { 0, 1, 18, frame_count - 1 }) {
            const QImage seen(QString(decoded).replace(
                QStringLiteral("%02d"), QStringLiteral("%1").arg(number + 1, 2, 10, QChar(u'0'))));
            QCOMPARE(seen.size(), size);
            const QImage drawn = frame_of(number);
            for (std::size_t corner = 0; corner < corners.size(); ++corner) {
                const QPoint at = middle_of(corner);
                const int off = difference(seen.pixelColor(at), drawn.pixelColor(at));
                QVERIFY2(off <= tolerance,
                    qPrintable(QStringLiteral("frame %1, corner %2: off by %3")
                                   .arg(number)
                                   .arg(corner)
                                   .arg(off)));
            }
        }
    }

    void an_mp4_plays_before_it_has_loaded()
    {
        write(path(QStringLiteral("fast.mp4")));
        QFile file(path(QStringLiteral("fast.mp4")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.indexOf("moov") > 0);
        QVERIFY(bytes.indexOf("moov") < bytes.indexOf("mdat"));
    }

    void numbered_frames_are_the_frames()
    {
        write(path(QStringLiteral("frames/circuit-%03d.png")));
        const QDir folder(path(QStringLiteral("frames")));
        QCOMPARE(folder.entryList(QDir::Files).size(), frame_count);
        for (const int number : { 0, 9, frame_count - 1 })
            QCOMPARE(QImage(folder.filePath(
                                QStringLiteral("circuit-%1.png").arg(number, 3, 10, QChar(u'0'))))
                         .convertToFormat(QImage::Format_RGB32),
                frame_of(number));
    }

    void a_film_left_halfway_leaves_nothing_and_what_was_there_before()
    {
        for (const char* name : { "half.mp4", "half.webm", "half.gif", "halves/%d.png" }) {
            const QString file = path(QString::fromLatin1(name));
            const QString older = QString(file).replace(QStringLiteral("%d"), QStringLiteral("3"));
            if (older != file)
                QVERIFY(QDir(folder_.path()).mkdir(QStringLiteral("halves")));
            put(older, "an older film");
            {
                const std::array samples{ frame_of(0) };
                const auto writer = film_writer(file, { size, frames_per_second }, samples);
                for (int i = 0; i < 5; ++i)
                    writer->add(frame_of(i));
            }
            QCOMPARE(contents(older), QByteArray("an older film"));
            QFile::remove(older);
        }
        QVERIFY(QDir(path(QStringLiteral("halves"))).isEmpty());
        QVERIFY(QDir(folder_.path()).entryList({ QStringLiteral("*part*") }).isEmpty());
    }

    void numbered_frames_left_halfway_leave_no_folder_that_they_made()
    {
        {
            const auto writer
                = film_writer(path(QStringLiteral("made/%d.png")), { size, frames_per_second }, {});
            writer->add(frame_of(0));
        }
        QVERIFY(!QDir(path(QStringLiteral("made"))).exists());
    }

    void numbered_frames_take_the_place_of_a_longer_film()
    {
        QVERIFY(QDir(folder_.path()).mkdir(QStringLiteral("longer")));
        const QDir folder(path(QStringLiteral("longer")));
        for (int number = 0; number < frame_count + 5; ++number)
            put(folder.filePath(QStringLiteral("a-%1.png").arg(number, 2, 10, QChar(u'0'))), "older");
        for (const char* other : { "a-2024.png", "b-48.png", "a-048.png" })
            put(folder.filePath(QString::fromLatin1(other)), "another's");
        write(folder.filePath(QStringLiteral("a-%02d.png")));
        QCOMPARE(folder.entryList({ QStringLiteral("a-??.png") }).size(), frame_count);
        QCOMPARE(folder.entryList().size(), 2 + frame_count + 3);
        QVERIFY(!QImage(folder.filePath(QStringLiteral("a-00.png"))).isNull());
    }

    void a_full_disk_is_one_sentence_and_leaves_nothing()
    {
        // Writing beyond the limit fails as on a full disk, once its signal is ignored.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit small = before;
        small.rlim_cur = 2000;
        setrlimit(RLIMIT_FSIZE, &small);
        QStringList sentences;
        for (const char* name : { "full.mp4", "full.webm", "full.gif" }) {
            try {
                write(path(QString::fromLatin1(name)));
            } catch (const ResourceError& error) {
                sentences << QString::fromStdString(error.what());
            }
        }
        setrlimit(RLIMIT_FSIZE, &before);
        QCOMPARE(sentences.size(), 3);
        for (const QString& sentence : sentences)
            QVERIFY2(sentence.contains(QStringLiteral("full.")) && sentence.endsWith(u'.'),
                qPrintable(sentence));
        QVERIFY(QDir(folder_.path()).entryList({ QStringLiteral("full*") }).isEmpty());
    }

    void what_cannot_be_a_film_is_refused()
    {
        const std::array samples{ frame_of(0) };
        const auto refuses = [&](const char* name, const QSize& of, int rate) {
            try {
                film_writer(path(QString::fromLatin1(name)), { of, rate }, samples);
            } catch (const InputError& error) {
                return QString::fromStdString(error.what()).contains(QString::fromLatin1(name));
            }
            return false;
        };
        QVERIFY(refuses("x.avi", size, 25));
        QVERIFY(refuses("x.png", size, 25)); // no number in it
        QVERIFY(refuses("x.mp4", { 8, 8 }, 25));
        QVERIFY(refuses("x.mp4", { 100'000, 100 }, 25));
        QVERIFY(refuses("x.mp4", size, 0));
        QVERIFY(refuses("x.gif", size, 60));
        QVERIFY_EXCEPTION_THROWN(
            film_writer(path(QStringLiteral("none/x.mp4")), { size, 25 }, samples), ResourceError);
    }

private:
    QString path(const QString& name) const { return folder_.filePath(name); }

    static void put(const QString& name, const QByteArray& bytes)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    static QByteArray contents(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void write(const QString& file)
    {
        std::vector<QImage> samples;
        for (int i = 0; i < frame_count; i += 5)
            samples.push_back(frame_of(i));
        const auto writer = film_writer(file, { size, frames_per_second }, samples);
        for (int i = 0; i < frame_count; ++i)
            writer->add(frame_of(i));
        writer->finish();
    }

    QTemporaryDir folder_;
};

CIRCUITLOOM_UI_TEST(TestFilmWriter, Application::core)
#include "tst_film_writer.moc"
