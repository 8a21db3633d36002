#include "ui/dialogs/command_panel.h"

#include "core/base/error.h"
#include "core/run/tune_command.h"
#include "ui/base/whole_file.h"
#include "ui/theme/text_scale.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>

namespace circuitloom::ui {

CommandPanel::CommandPanel(QWidget* parent)
    : QWidget(parent)
    , command_(new QPlainTextEdit(this))
    , copy_(new QPushButton(tr("&Copy"), this))
{
    auto* heading = new QLabel(tr("ON THE COMMAND LINE"), this);
    heading->setProperty("heading", true);
    command_->setObjectName(QStringLiteral("command"));
    command_->setReadOnly(true);
    command_->setTabChangesFocus(true);
    command_->setLineWrapMode(QPlainTextEdit::NoWrap);
    command_->setAccessibleName(tr("Command line"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(scaled(12));
    command_->setFont(fixed);
    command_->setFixedHeight(7 * QFontMetrics(fixed).lineSpacing() + 18);
    copy_->setObjectName(QStringLiteral("copyCommand"));
    copy_->setAutoDefault(false);
    auto* save_button = new QPushButton(tr("Save TOML…"), this);
    save_button->setObjectName(QStringLiteral("saveToml"));
    save_button->setAutoDefault(false);
    save_button->setToolTip(tr("The whole configuration as a file for circuitloom-cli tune"));
    connect(save_button, &QPushButton::clicked, this, &CommandPanel::save);
    connect(copy_, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(command_->toPlainText());
        copy_->setText(tr("&Copied"));
    });
    auto* top = new QHBoxLayout;
    top->addWidget(heading);
    top->addStretch();
    top->addWidget(save_button);
    top->addWidget(copy_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(top);
    column->addWidget(command_);
}

void CommandPanel::show_run(
    const RunConfig& config, const std::vector<SweepAxis>& axes, int seeds, int processes)
{
    run_ = config;
    show_command(QString::fromStdString(tune_command(config, axes, seeds, processes)));
}

void CommandPanel::show_remote(const RunConfig& config, const QString& address,
    const std::vector<SweepAxis>& axes, int seeds)
{
    run_ = config;
    QString command = QStringLiteral("circuitloom-cli mirror %1 --start run.toml")
                          .arg(QString::fromStdString(shell_word(address.toStdString())));
    for (const SweepAxis& axis : axes)
        command += QStringLiteral(" --sweep ")
            + QString::fromStdString(shell_word(axis_text(axis)));
    if (seeds > 1)
        command += QStringLiteral(" --seeds %1").arg(seeds);
    show_command(command);
}

void CommandPanel::show_command(const QString& command)
{
    if (command == command_->toPlainText())
        return;
    command_->setPlainText(command);
    copy_->setText(tr("&Copy"));
}

void CommandPanel::save()
{
    const QString name = QFileDialog::getSaveFileName(this, tr("Save the configuration"),
        QStringLiteral("run.toml"), tr("Configurations (*.toml)"));
    if (name.isEmpty())
        return;
    try {
        write_whole_file(name, QByteArray::fromStdString(to_toml(run_)));
    } catch (const Error& failure) {
        QMessageBox box(QMessageBox::Warning, tr("Save the configuration"),
            QString::fromUtf8(failure.what()), QMessageBox::Ok, this);
        box.setTextFormat(Qt::PlainText);
        box.exec();
    }
}

} // namespace circuitloom::ui
