#include "ui/curves/curve_table_dialog.h"

#include "ui/base/found_rows.h"
#include "ui/theme/text_scale.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr QSize usual_size{ 640, 520 }; ///< pixels

} // namespace

CurveTableDialog::CurveTableDialog(std::span<const PlottedRun> runs, QWidget* parent)
    : QDialog(parent)
    , curves_(runs)
    , table_(new QTableView(this))
    , count_(new QLabel(this))
{
    setWindowTitle(tr("Table of the curves"));
    auto* search = new QLineEdit(this);
    search->setClearButtonEnabled(true);
    search->setObjectName(QStringLiteral("curveSearch"));
    search->setPlaceholderText(tr("Search, as in loss 40"));
    search->setAccessibleName(tr("Search the curves"));
    connect(search, &QLineEdit::textChanged, this, [this](const QString& words) {
        curves_.search(words);
        show_count();
    });
    table_->setObjectName(QStringLiteral("curveTable"));
    table_->setAccessibleName(tr("Values of the curves"));
    show_in_table(curves_, *table_);
    table_->sortByColumn(-1, Qt::AscendingOrder); // curve after curve
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->installEventFilter(this);
    count_->setObjectName(QStringLiteral("curveCount"));
    count_->setProperty("dim", true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* copy = buttons->addButton(tr("&Copy as TSV"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyCurves"));
    copy->setToolTip(tr("The selected rows, or all (Ctrl+C)"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(copied_text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(search);
    column->addWidget(table_, 1);
    column->addWidget(count_);
    column->addWidget(buttons);
    show_count();
}

QString CurveTableDialog::copied_text() const
{
    return rows_as_tsv(*table_, { CurveTable::run, CurveTable::curve, CurveTable::measure });
}

QSize CurveTableDialog::sizeHint() const
{
    return usual_size * text_scale();
}

bool CurveTableDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(copied_text());
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void CurveTableDialog::show_count()
{
    const int all = curves_.points();
    const int shown = curves_.rowCount();
    if (all == 0)
        count_->setText(tr("The loss, the metric and the capabilities of a run appear here."));
    else
        count_->setText(
            shown == all ? tr("%1 values").arg(all) : tr("%1 of %2 values").arg(shown).arg(all));
}

} // namespace circuitloom::ui
