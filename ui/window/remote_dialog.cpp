#include "ui/window/remote_dialog.h"

#include "core/base/error.h"
#include "core/remote/remote_address.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr int least_width = 460; // pixels: a path is seen whole

} // namespace

RemoteDialog::RemoteDialog(const QStringList& recent, QWidget* parent)
    : QDialog(parent)
    , recent_(new QComboBox(this))
    , host_(new QLineEdit(this))
    , path_(new QLineEdit(this))
    , problem_(new QLabel(this))
{
    setWindowTitle(tr("Open remote experiment"));
    setMinimumWidth(least_width);
    auto* words = new QLabel(tr("The file is followed over your own ssh, with your keys and your "
                                "configuration. Circuitloom must be installed there too."),
        this);
    words->setWordWrap(true);
    words->setProperty("dim", true);
    host_->setObjectName(QStringLiteral("remoteHost"));
    host_->setPlaceholderText(tr("user@host, or a name from your ssh configuration"));
    path_->setObjectName(QStringLiteral("remotePath"));
    path_->setPlaceholderText(tr("/data/run.loom, or ~/run.loom"));
    problem_->setWordWrap(true);
    problem_->setTextFormat(Qt::PlainText);
    problem_->setProperty("error", true);

    auto* form = new QFormLayout;
    recent_->addItem(tr("another one"));
    recent_->addItems(recent);
    if (recent.isEmpty())
        recent_->hide();
    else
        form->addRow(tr("&Recent"), recent_);
    form->addRow(tr("&Host"), host_);
    form->addRow(tr("&File there"), path_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    open_ = buttons->addButton(tr("&Open"), QDialogButtonBox::AcceptRole);
    open_->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(words);
    column->addLayout(form);
    column->addWidget(problem_);
    column->addStretch();
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(recent_, &QComboBox::activated, this, [this](int row) {
        if (row > 0)
            return take_recent(recent_->itemText(row));
        host_->clear();
        path_->clear();
    });
    for (QLineEdit* field : { host_, path_ })
        connect(field, &QLineEdit::textChanged, this, &RemoteDialog::check);
    host_->setFocus();
    if (!recent.isEmpty()) {
        recent_->setCurrentIndex(1);
        take_recent(recent.constFirst());
    }
    check();
}

QString RemoteDialog::address() const
{
    QString path = path_->text().trimmed();
    path.replace(u'%', QStringLiteral("%25"));
    if (path.startsWith(u'~'))
        path.prepend(u'/');
    return QStringLiteral("ssh://") + host_->text().trimmed() + path;
}

void RemoteDialog::take_recent(const QString& address)
{
    try {
        const RemoteAddress parts = parse_remote_address(address.toStdString());
        host_->setText(QString::fromStdString(parts.host)
            + (parts.port > 0 ? u':' + QString::number(parts.port) : QString()));
        path_->setText((parts.path.front() == '/' ? QString() : QStringLiteral("~/"))
            + QString::fromStdString(parts.path));
    } catch (const InputError&) { // settings may hold anything
        host_->setText(address);
    }
}

void RemoteDialog::check()
{
    QString problem;
    const bool begun = !host_->text().isEmpty() && !path_->text().isEmpty();
    try {
        parse_remote_address(address().toStdString());
        if (!path_->text().trimmed().startsWith(u'/') && !path_->text().trimmed().startsWith(u'~'))
            problem = tr("The path begins with / or with ~/.");
    } catch (const InputError& why) {
        problem = QString::fromUtf8(why.what());
    }
    problem_->setText(begun ? problem : QString());
    open_->setEnabled(begun && problem.isEmpty());
}

} // namespace circuitloom::ui
