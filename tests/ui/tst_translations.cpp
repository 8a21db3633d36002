#include "core/analysis/circuit_measures.h"
#include "core/run/run_options.h"
#include "tests/support/ui_test.h"
#include "ui/base/core_text.h"
#include "ui/base/counted_text.h"
#include "ui/base/decimal_box.h"
#include "ui/base/device_text.h"
#include "ui/base/measure_text.h"
#include "ui/base/quoted_text.h"
#include "ui/base/size_text.h"
#include "ui/base/translations.h"
#include "ui/compare/run_columns.h"
#include "ui/curves/curve_plots.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/window/window_actions.h"

#include <QDir>
#include <QFile>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>
#include <QWidget>
#include <QXmlStreamReader>

using namespace circuitloom;
using namespace circuitloom::ui;

namespace {

const QString root = QStringLiteral(CIRCUITLOOM_SOURCE_DIR);
const QString folder = root + QStringLiteral("/resources/translations/");

struct Message
{
    QString context;
    QString source;
    QStringList forms; ///< one, or a plural's
    QString type; ///< empty where it is finished
};

std::vector<Message> messages_of(const QString& file)
{
    QFile ts(file);
    if (!ts.open(QFile::ReadOnly))
        return {};
    QXmlStreamReader xml(&ts);
    std::vector<Message> all;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            all.push_back({ context, {}, {}, {} });
        } else if (xml.name() == u"source") {
            all.back().source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            all.back().type = xml.attributes().value(QStringLiteral("type")).toString();
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            all.back().forms << text;
        }
    }
    return xml.hasError() ? std::vector<Message>() : all;
}

QSet<QString> places_in(const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%(L?n|\\d)"));
    QSet<QString> places;
    for (auto found = place.globalMatch(text); found.hasNext();)
        places << found.next().captured();
    return places;
}

/// The letter to press; none in a text with tags.
QChar mnemonic(const QString& text)
{
    static const QRegularExpression letter(QStringLiteral("&([^& ])"));
    return text.contains(u'<') ? QChar() : [&] {
        const QString found = letter.match(text).captured(1);
        return found.isEmpty() ? QChar() : found[0].toUpper();
    }();
}

void collect(const QMenu& menu, QStringList& problems)
{
    QSet<QChar> taken;
    for (const QAction* action : menu.actions()) {
        const QChar letter = mnemonic(action->text());
        if (!letter.isNull() && taken.contains(letter))
            problems << menu.title() + QStringLiteral(": ") + action->text();
        taken << letter;
        if (action->menu())
            collect(*action->menu(), problems);
    }
}

QStringList texts_of(const QMenuBar& bar)
{
    QStringList texts;
    for (const QAction* top : bar.actions()) {
        texts << top->text();
        for (const QAction* action : top->menu()->findChildren<QAction*>())
            texts << action->text();
        for (const QAction* action : top->menu()->actions())
            texts << action->text();
    }
    texts.removeAll(QString());
    return texts;
}

/// Of the core's tables, what the window shows.
std::vector<std::string> texts_of_the_core()
{
    std::vector<std::string> texts;
    const auto add = [&](std::string_view text) { texts.emplace_back(text); };
    for (const Measure& measure : all_measures()) {
        add(measure.title);
        add(measure.unit);
    }
    for (const Measure& measure : { measures::prefers_target, measures::stability,
             measures::item_score, measures::circuit_distance, measures::circuit_position,
             measures::circuit_entropy, measures::seconds_per_step }) {
        add(measure.title);
        add(measure.unit);
    }
    RunConfig any;
    for (const RunOption& option : options_of(any)) {
        add(option.help);
        if (const auto* choice = std::get_if<Choice>(&option.value))
            for (const ChoiceWords& words : choice->words) {
                add(words.title);
                add(words.help);
            }
    }
    for (const PresetInfo& preset : presets()) {
        add(preset.title);
        add(preset.description);
    }
    std::erase(texts, std::string());
    return texts;
}

/// What answers say of their progress, as the engine's sources have it; an end that varies as %1.
QStringList progress_texts()
{
    const QRegularExpression told(
        QLatin1String("(?:\\btell\\(|\\bprogress\\(|\\bcontext, )\"([^\"]+)\"( \\+)?"));
    QStringList texts;
    const QDir engine(root + QStringLiteral("/core/engine"));
    for (const QString& name : engine.entryList({ QStringLiteral("*.cpp") })) {
        // What the command line alone asks.
        if (name == u"evaluate.cpp" || name == u"discover.cpp")
            continue;
        QFile source(engine.filePath(name));
        if (!source.open(QFile::ReadOnly))
            return {};
        const QString text = QString::fromUtf8(source.readAll());
        for (const QRegularExpressionMatch& match : told.globalMatch(text))
            texts << match.captured(1)
                    + (match.captured(2).isEmpty() ? QString() : QStringLiteral("%1"));
    }
    return texts;
}

} // namespace

/// The catalogues of resources/translations, and the window in German.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void catalogues_are_finished_and_keep_places_and_mnemonics_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString& name : QDir(folder).entryList({ QStringLiteral("*.ts") }))
            QTest::newRow(qPrintable(name)) << folder + name;
    }

    void catalogues_are_finished_and_keep_places_and_mnemonics()
    {
        QFETCH(QString, file);
        const std::vector<Message> all = messages_of(file);
        QVERIFY(!all.empty());
        QStringList problems;
        for (const Message& one : all) {
            const QString text = one.forms.join(QString());
            if (!one.type.isEmpty() || text.trimmed().isEmpty())
                problems << QStringLiteral("unfinished: ") + one.source;
            else if (places_in(text) != places_in(one.source))
                problems << QStringLiteral("other places: ") + text;
            else if (mnemonic(one.source).isNull() != mnemonic(text).isNull())
                problems << QStringLiteral("mnemonic: ") + text;
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void catalogues_have_every_text_of_the_sources()
    {
        const QString lupdate = QStringLiteral(CIRCUITLOOM_LUPDATE);
        if (lupdate.isEmpty() || lupdate.endsWith(QStringLiteral("NOTFOUND")))
            QSKIP("lupdate is not installed");
        QTemporaryDir temporary;
        const QString copy = temporary.filePath(QStringLiteral("circuitloom_de.ts"));
        QVERIFY(QFile::copy(folder + QStringLiteral("circuitloom_de.ts"), copy));
        QProcess program;
        program.setWorkingDirectory(root);
        program.start(lupdate,
            { QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"),
                QStringLiteral("-I"), QStringLiteral("."), QStringLiteral("ui"),
                QStringLiteral("app"), QStringLiteral("resources/translations"),
                QStringLiteral("-ts"), copy });
        QVERIFY(program.waitForFinished(120'000));
        QCOMPARE(program.exitCode(), 0);
        QStringList missing;
        for (const Message& one : messages_of(copy))
            if (!one.type.isEmpty())
                missing << one.type + QStringLiteral(", ") + one.context + QStringLiteral(": ")
                        + one.source;
        QVERIFY2(missing.isEmpty(),
            qPrintable(QStringLiteral("build the target translations, then translate:\n")
                + missing.join(u'\n')));
    }

    void what_the_core_tells_is_in_the_catalogue()
    {
        QSet<QString> known;
        for (const Message& one : messages_of(folder + QStringLiteral("circuitloom_de.ts")))
            if (one.context == u"Core")
                known << one.source;
        QStringList missing;
        for (const std::string& text : texts_of_the_core())
            if (!known.contains(QString::fromStdString(text)))
                missing << QString::fromStdString(text);
        const QStringList progress = progress_texts();
        QVERIFY(progress.size() > 15);
        for (const QString& text : progress)
            if (!known.contains(text))
                missing << text;
        QVERIFY2(missing.isEmpty(),
            qPrintable(QStringLiteral("add to resources/translations/core_texts.h:\n")
                + missing.join(u'\n')));
    }

    void english_has_plural_forms()
    {
        QCOMPARE(edges_text(1), QStringLiteral("1 edge"));
        QCOMPARE(edges_text(3), QStringLiteral("3 edges"));
    }

    // From here on in German.

    void menus_are_german_with_letters_of_their_own()
    {
        QWidget english_window;
        QMenuBar english_bar;
        const WindowActions english(english_window, english_bar);
        const QStringList before = texts_of(english_bar);
        QCOMPARE(install_translations(QStringLiteral("de")), QStringLiteral("de"));
        QWidget window;
        QMenuBar bar;
        const WindowActions german(window, bar);
        const QStringList after = texts_of(bar);
        QCOMPARE(after.size(), before.size());
        const QSet<QString> same{ QStringLiteral("&Pause"), QStringLiteral("&Dot layout") };
        QStringList problems;
        for (qsizetype i = 0; i < after.size(); ++i)
            if (after[i] == before[i] && !same.contains(after[i]))
                problems << QStringLiteral("English: ") + after[i];
        for (const QAction* top : bar.actions())
            collect(*top->menu(), problems);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void counts_titles_and_settings_are_german()
    {
        QCOMPARE(edges_text(1), QStringLiteral("1 Kante"));
        QCOMPARE(edges_text(3), QStringLiteral("3 Kanten"));
        QCOMPARE(core_text("Loss"), QStringLiteral("Verlust"));
        QCOMPARE(title_of_suite("task"), QStringLiteral("Aufgabe"));
        QCOMPARE(title_of_suite("facts"), QStringLiteral("facts")); // as its author calls it
        QCOMPARE(title_within(measures::loss), QStringLiteral("Verlust"));
        // The task's own curves in the legends too.
        PlottedRun run{ RunId{ 1 }, QStringLiteral("a"), Qt::black, 20, {} };
        CurveData data;
        for (const int at : { 0, 10 }) {
            data.add(EvaluationRecord{ at, "task", "accuracy", 0.95, 100 });
            data.add(EvaluationRecord{ at, "task", "logit-diff", 2.0, 100 });
        }
        run.data = std::make_shared<CurveData>(std::move(data));
        int named = 0;
        for (const PlotContent& plot : plots_of({ &run, 1 }, theme(false)))
            for (const PlotLine& line : plot.lines)
                for (const QString& text : { line.name, line.legend }) {
                    QVERIFY2(!text.contains(QStringLiteral("task")), qPrintable(text));
                    named += text.contains(QStringLiteral("Aufgabe"));
                }
        QVERIFY(named >= 2);
        // And in the table of compared runs.
        ComparedRun compared;
        compared.curves = run.data;
        QStringList titles;
        for (const RunColumn& column : columns_of({ compared }))
            titles << column.full_title;
        QCOMPARE(titles.filter(QStringLiteral("task")), QStringList());
        QVERIFY2(!titles.filter(QStringLiteral("Aufgabe: Zieht das Ziel vor")).isEmpty(),
            qPrintable(titles.join(u'\n')));
        RunConfig any;
        for (const RunOption& option : options_of(any))
            QVERIFY(!setting_title(option.name()).isEmpty());
        QCOMPARE(setting_title("optimizer.learning_rate"), QStringLiteral("Lernrate"));
        // As files have them, so that no point of a count can be taken for a decimal one.
        QCOMPARE(count_text(12'345), QStringLiteral("12345"));
        QCOMPARE(device_label("CPU · 1 thread"), QStringLiteral("CPU · 1 Thread"));
        QCOMPARE(device_label("CPU · 16 threads"), QStringLiteral("CPU · 16 Threads"));
        QCOMPARE(device_label("cuda:0 (NVIDIA H200)"), QStringLiteral("cuda:0 (NVIDIA H200)"));
        QCOMPARE(quoted_text(QStringLiteral("is")), QStringLiteral("„is“"));
        QCOMPARE(core_text_with_end("running circuits"), QStringLiteral("Schaltkreise werden gerechnet"));
        QCOMPARE(progress_text("running circuits (4 of 9)"),
            QStringLiteral("Schaltkreise werden gerechnet (4 von 9)"));
        QCOMPARE(progress_text("circuits in the model of iteration 3"),
            QStringLiteral("Schaltkreise im Modell der Iteration 3"));
        QCOMPARE(core_text_with_end("task reaches 95 %"), QStringLiteral("Aufgabe erreicht 95 %"));
        QCOMPARE(core_text_with_end("a note of mine"), QStringLiteral("a note of mine"));
        // A file's label may be anything: no end is looked for in a book.
        const std::string book = "task reaches " + std::string(2'000'000, ' ');
        QCOMPARE(core_text_with_end(book), QString::fromStdString(book));
        QCOMPARE(size_text(1'500'000), QStringLiteral("1.5 MB"));
    }

    void decimals_are_written_with_a_point_and_typed_with_either()
    {
        DecimalBox box(nullptr);
        box.setRange(0, 100'000);
        box.setValue(12'345.5);
        QCOMPARE(box.text(), QStringLiteral("12345.50"));
        for (const char* typed : { "0,25", "0.25" }) {
            box.clear();
            QTest::keyClicks(&box, QString::fromLatin1(typed));
            QTest::keyClick(&box, Qt::Key_Return);
            QCOMPARE(box.value(), 0.25);
            QCOMPARE(box.text(), QStringLiteral("0.25"));
        }
    }
};

CIRCUITLOOM_UI_TEST(TestTranslations, Application::widgets)
#include "tst_translations.moc"
