#include "tests/support/ui_test.h"
#include "ui/base/steady_text.h"

#include <QLabel>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace circuitloom::ui;

namespace {

/// Counts how often its column is laid out again.
class Column : public QWidget
{
public:
    int layouts = 0;

protected:
    bool event(QEvent* event) override
    {
        layouts += event->type() == QEvent::LayoutRequest;
        return QWidget::event(event);
    }
};

const QString one_line = QStringLiteral("one");
const QString other_line = QStringLiteral("two");
const QString three_lines = QStringLiteral("one\ntwo\nthree");

} // namespace

/// Labels in a column whose text changes often.
class TestSteadyText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { show(SteadyText::Height::of_text); }

    void cleanup()
    {
        column_.reset();
        label_ = nullptr;
    }

    void a_text_of_the_same_height_leaves_the_column_as_it_is()
    {
        label_->setText(other_line);
        settle();
        QCOMPARE(column_->layouts, 0);
        QCOMPARE(label_->text(), other_line);
    }

    void a_text_of_another_height_gets_its_room()
    {
        const int before = label_->height();
        const int below = below_->y();
        label_->setText(three_lines);
        settle();
        QVERIFY(column_->layouts > 0);
        QVERIFY(label_->height() >= 3 * before - 2 * label_->fontMetrics().leading());
        QCOMPARE(below_->y() - below, label_->height() - before);
        label_->setText(one_line);
        settle();
        QCOMPARE(label_->height(), before);
        QCOMPARE(below_->y(), below);
    }

    void a_hidden_label_takes_no_room()
    {
        const int below = below_->y();
        label_->hide();
        settle();
        QCOMPARE(below_->y(), 0);
        label_->setText(three_lines); // while nobody sees it
        label_->show();
        settle();
        QVERIFY(label_->isVisible());
        QVERIFY(below_->y() > below);
        QVERIFY(label_->height() >= label_->heightForWidth(label_->width()));
    }

    void a_narrow_column_gives_long_words_more_lines()
    {
        label_->setText(QStringLiteral("as many words as do not stand in one line of fifty"));
        settle();
        const int before = label_->height();
        column_->resize(60, 400);
        settle();
        QVERIFY(label_->height() > before);
        QVERIFY(label_->height() >= label_->heightForWidth(label_->width()));
    }

    void the_largest_height_can_be_kept_until_it_is_hidden()
    {
        show(SteadyText::Height::largest_so_far);
        const int before = label_->height();
        label_->setText(three_lines);
        settle();
        const int largest = label_->height();
        QVERIFY(largest > before);
        column_->layouts = 0;
        label_->setText(one_line);
        settle();
        QCOMPARE(column_->layouts, 0);
        QCOMPARE(label_->height(), largest);
        label_->hide();
        label_->show();
        settle();
        QCOMPARE(label_->height(), before);
    }

private:
    /// What one event asks for may be asked for in another.
    static void settle()
    {
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
    }

    void show(SteadyText::Height height) // a column with a label and something below it
    {
        column_ = std::make_unique<Column>();
        label_ = new QLabel(one_line);
        label_->setWordWrap(true);
        below_ = new QWidget;
        auto* layout = new QVBoxLayout(column_.get());
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        layout->addWidget(new SteadyText(*label_, column_.get(), height));
        layout->addWidget(below_, 1);
        column_->resize(400, 400);
        column_->show();
        QVERIFY(QTest::qWaitForWindowExposed(column_.get()));
        settle();
        column_->layouts = 0;
    }

    std::unique_ptr<Column> column_;
    QLabel* label_ = nullptr;
    QWidget* below_ = nullptr;
};

CIRCUITLOOM_UI_TEST(TestSteadyText, Application::widgets)
#include "tst_steady_text.moc"
