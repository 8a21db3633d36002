// The table of a circuit's edges: order, search, the selection that it shares with the picture.
#include "tests/support/circuit_samples.h"
#include "tests/support/fake_panel_context.h"
#include "tests/support/ui_test.h"
#include "ui/edges/edge_table_panel.h"
#include "ui/theme/style_sheet.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest>

#include <algorithm>
#include <optional>

using namespace circuitloom;
using namespace circuitloom::ui;

class TestEdgeTable : public QObject
{
    Q_OBJECT

private:
    EdgeId edge(const char* name) const { return *context_.shown->graph->find_edge(name); }
    static QString cell(const QTableView& table, int row, int number)
    {
        return table.model()->index(row, number).data().toString();
    }
    static QStringList column(const QTableView& table, int number)
    {
        QStringList cells;
        for (int row = 0; row < table.model()->rowCount(); ++row)
            cells << cell(table, row, number);
        return cells;
    }

    circuitloom::testing::FakePanelContext context_;

private Q_SLOTS:
    void init()
    {
        context_.shown = ShownPlace{ QStringLiteral("x.loom"), { 1 }, 0, 0,
            circuitloom::testing::demo_graph() };
        context_.selected = {};
        context_.selections = 0;
        context_.circuit = {
            { edge("a2.h4->a3.h1<q>"), -0.5, 0.25, 3, 0.75 },
            { edge("m0.g2->a2.h4<k>"), 0.25, 0.0, 0, 0.1 },
            { edge("input->a0.h3<v>"), 0.125, std::nullopt, std::nullopt, std::nullopt },
        };
    }

    void rows_say_what_is_known_and_sort_as_numbers()
    {
        EdgeTablePanel panel(context_);
        panel.show();
        auto* table = panel.findChild<QTableView*>();
        QCOMPARE(table->model()->rowCount(), 3);
        QCOMPARE(column(*table, EdgeTable::rank).join(u' '), QStringLiteral("1 2 3"));
        QCOMPARE(cell(*table, 0, EdgeTable::from), QStringLiteral("a2.h4"));
        QCOMPARE(cell(*table, 0, EdgeTable::to), QStringLiteral("a3.h1<q>"));
        QCOMPARE(cell(*table, 0, EdgeTable::score), QString::fromUtf8("−0.5000"));
        QCOMPARE(cell(*table, 0, EdgeTable::change), QString::fromUtf8("−0.7500"));
        QCOMPARE(cell(*table, 0, EdgeTable::age), QStringLiteral("3"));
        QCOMPARE(cell(*table, 0, EdgeTable::inclusion), QStringLiteral("75 %"));
        QCOMPARE(cell(*table, 1, EdgeTable::change), QStringLiteral("new"));
        for (const int unknown : { EdgeTable::change, EdgeTable::age, EdgeTable::inclusion })
            QVERIFY(cell(*table, 2, unknown).isEmpty());
        table->sortByColumn(EdgeTable::score, Qt::AscendingOrder);
        QCOMPARE(column(*table, EdgeTable::rank).join(u' '), QStringLiteral("1 3 2"));
        table->sortByColumn(EdgeTable::from, Qt::AscendingOrder);
        QCOMPARE(column(*table, EdgeTable::from).join(u' '), QStringLiteral("input m0.g2 a2.h4"));
    }

    void what_matters_is_in_sight_in_a_narrow_panel()
    {
        for (const double score : { -0.5, -1234.5 }) {
            context_.circuit[0].score = score;
            EdgeTablePanel panel(context_);
            panel.setStyleSheet(style_sheet(theme(true)));
            panel.resize(280, 400); // as wide as the window makes it at first
            panel.show();
            auto* table = panel.findChild<QTableView*>();
            for (const int column :
                { EdgeTable::rank, EdgeTable::from, EdgeTable::to, EdgeTable::score }) {
                const int right = table->columnViewportPosition(column) + table->columnWidth(column);
                QVERIFY2(right <= table->viewport()->width(),
                    qPrintable(QStringLiteral("column %1 ends at %2 of %3")
                                   .arg(column)
                                   .arg(right)
                                   .arg(table->viewport()->width())));
                for (int row = 0; row < 3; ++row)
                    QVERIFY(table->sizeHintForIndex(table->model()->index(row, column)).width()
                        <= table->columnWidth(column));
            }
            table->setColumnWidth(EdgeTable::from, 150); // the user's
            Q_EMIT context_.edges_changed();
            QTest::qWait(150);
            QCOMPARE(table->columnWidth(EdgeTable::from), 150);
        }
    }

    void resampled_circuits_say_how_sure_each_edge_is()
    {
        context_.circuit[0].certainty = EdgeCertainty{ 0.975F, -0.625F, -0.25F };
        context_.circuit[1].certainty = EdgeCertainty{ 1.0F, 0.125F, 0.375F };
        EdgeTablePanel panel(context_);
        panel.show();
        auto* table = panel.findChild<QTableView*>();
        QCOMPARE(cell(*table, 0, EdgeTable::resamples), QStringLiteral("97.5 %"));
        QCOMPARE(cell(*table, 0, EdgeTable::interval), QString::fromUtf8("−0.6250 to −0.2500"));
        QVERIFY(cell(*table, 2, EdgeTable::resamples).isEmpty());
        QVERIFY(cell(*table, 2, EdgeTable::interval).isEmpty());
        table->sortByColumn(EdgeTable::resamples, Qt::DescendingOrder);
        QCOMPARE(column(*table, EdgeTable::rank).join(u' '), QStringLiteral("2 1 3"));
        table->sortByColumn(EdgeTable::interval, Qt::DescendingOrder);
        QCOMPARE(column(*table, EdgeTable::rank).join(u' '), QStringLiteral("1 2 3"));
    }

    void a_search_leaves_rows_that_have_every_word()
    {
        EdgeTablePanel panel(context_);
        panel.show();
        auto* table = panel.findChild<QTableView*>();
        auto* search = panel.findChild<QLineEdit*>();
        search->setText(QStringLiteral("A2.H4"));
        QCOMPARE(table->model()->rowCount(), 2);
        search->setText(QStringLiteral("a2.h4 m0"));
        QCOMPARE(column(*table, EdgeTable::rank).join(u' '), QStringLiteral("2"));
        search->setText(QStringLiteral("nowhere"));
        QCOMPARE(table->model()->rowCount(), 0);
        search->clear();
        QCOMPARE(table->model()->rowCount(), 3);
    }

    void a_search_leaves_the_selection_of_the_picture_alone()
    {
        EdgeTablePanel panel(context_);
        panel.show();
        auto* table = panel.findChild<QTableView*>();
        auto* search = panel.findChild<QLineEdit*>();
        const GraphChoice chosen{ {}, { edge("input->a0.h3<v>") } };
        context_.select(chosen);
        const auto stays = [&] {
            return context_.selected.nodes.empty() && context_.selected.edges == chosen.edges;
        };
        search->setText(QStringLiteral("a2.h4"));
        QVERIFY(stays());
        QVERIFY(table->selectionModel()->selectedRows().isEmpty());
        search->clear();
        QVERIFY(stays());
        QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(context_.selections, 1);
        search->setText(QStringLiteral("a2.h4"));
        table->selectRow(0); // which somebody does
        QVERIFY(context_.selected == (GraphChoice{ {}, { edge("a2.h4->a3.h1<q>") } }));
    }

    void the_selection_is_shared_both_ways()
    {
        EdgeTablePanel panel(context_);
        panel.show();
        auto* table = panel.findChild<QTableView*>();
        table->selectRow(1);
        QCOMPARE(context_.selections, 1);
        QVERIFY(context_.selected == (GraphChoice{ {}, { edge("m0.g2->a2.h4<k>") } }));
        const auto selected = [&] {
            QStringList ranks;
            for (const QModelIndex& row : table->selectionModel()->selectedRows())
                ranks << row.data().toString();
            ranks.sort();
            return ranks.join(u' ');
        };
        context_.select({ {}, { edge("a2.h4->a3.h1<q>") } });
        QCOMPARE(selected(), QStringLiteral("1"));
        QCOMPARE(context_.selections, 2); // what came from the picture does not go back
        // A node of the picture: the edges that begin or end there.
        context_.select({ { context_.shown->graph->edge(edge("a2.h4->a3.h1<q>")).source,
                              context_.shown->graph->edge(edge("m0.g2->a2.h4<k>")).target },
            {} });
        QCOMPARE(selected(), QStringLiteral("1 2"));
        // Another iteration: the selection is where its edges are now.
        context_.select({ {}, { edge("input->a0.h3<v>") } });
        std::ranges::reverse(context_.circuit);
        Q_EMIT context_.edges_changed();
        QTRY_COMPARE(selected(), QStringLiteral("1"));
    }

    void it_is_copied_as_cells_between_tabs()
    {
        EdgeTablePanel panel(context_);
        panel.show();
        const QStringList all = panel.copied_text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(all.size(), 4);
        QCOMPARE(all[1], QStringLiteral("1\ta2.h4\ta3.h1<q>\t-0.5000\t-0.7500\t3\t75 %\t\t"));
        auto* table = panel.findChild<QTableView*>();
        table->selectRow(2);
        table->setFocus();
        QTest::keySequence(table, QKeySequence::Copy);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(QStringLiteral("Rank\tFrom\tTo")));
        QCOMPARE(copied.count(u'\n'), 2);
        QVERIFY(copied.contains(QStringLiteral("input\ta0.h3<v>")));
    }

    void it_follows_only_while_it_is_seen_and_not_every_frame()
    {
        EdgeTablePanel panel(context_);
        context_.edges_read = 0;
        for (int i = 0; i < 100; ++i)
            Q_EMIT context_.edges_changed();
        QCOMPARE(context_.edges_read, 0);
        panel.show();
        context_.edges_read = 0;
        for (int i = 0; i < 100; ++i)
            Q_EMIT context_.edges_changed();
        QTRY_COMPARE(context_.edges_read, 1);
    }

    void ten_thousand_rows_are_no_trouble()
    {
        const auto graph = circuitloom::testing::twelve_layers();
        context_.shown->graph = graph;
        context_.circuit.clear();
        for (int i = 0; i < 10000; ++i)
            context_.circuit.push_back({ EdgeId{ i }, 1.0 / (i + 1), 0.5, i % 7, 0.5 });
        EdgeTablePanel panel(context_);
        panel.show();
        auto* table = panel.findChild<QTableView*>();
        QCOMPARE(table->model()->rowCount(), 10000);
        table->sortByColumn(EdgeTable::score, Qt::AscendingOrder);
        QCOMPARE(cell(*table, 0, EdgeTable::rank), QStringLiteral("10000"));
        context_.shown->graph = circuitloom::testing::demo_graph();
    }
};

CIRCUITLOOM_UI_TEST(TestEdgeTable, Application::widgets)
#include "tst_edge_table.moc"
