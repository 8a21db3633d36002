#include "ui/settings/settings_dialog.h"

#include "ui/theme/text_scale.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr int text_step = 10; ///< per cent
constexpr int cache_step = 256; ///< MB
constexpr QSize usual_size{ 560, 560 }; ///< pixels

QSpinBox* number_field(QWidget* parent, const QString& name, int least, int most, int step)
{
    auto* field = new QSpinBox(parent);
    field->setObjectName(name);
    field->setRange(least, most);
    field->setSingleStep(step);
    field->setKeyboardTracking(false); // half a number is none
    return field;
}

/// Shows whether a field's text can be taken; the style sheet has a look for it.
void mark(QWidget& field, bool invalid)
{
    if (field.property("invalid").toBool() == invalid)
        return;
    field.setProperty("invalid", invalid);
    field.style()->unpolish(&field);
    field.style()->polish(&field);
}

} // namespace

SettingsDialog::SettingsDialog(
    PreferenceStore& preferences, const QString& usual_folder, QWidget* parent)
    : QDialog(parent)
    , preferences_(preferences)
    , usual_folder_(usual_folder)
    , theme_(new QComboBox(this))
    , motion_(new QComboBox(this))
    , edges_(new QComboBox(this))
    , text_(number_field(this, QStringLiteral("settingsText"), least_text_percent,
          most_text_percent, text_step))
    , threads_(number_field(this, QStringLiteral("settingsThreads"), 0, most_threads, 1))
    , cache_(number_field(this, QStringLiteral("settingsCache"), least_model_cache_mb,
          most_model_cache_mb, cache_step))
    , folder_(new QLineEdit(this))
    , folder_problem_(new QLabel(this))
    , restart_(new QLabel(this))
    , usual_(new QPushButton(tr("&Restore defaults"), this))
{
    setWindowTitle(tr("Settings"));
    setObjectName(QStringLiteral("settings"));
    auto* scrolled = new QScrollArea(this);
    scrolled->setWidgetResizable(true);
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setFocusPolicy(Qt::NoFocus);
    scrolled->setWidget(build_form());
    restart_->setObjectName(QStringLiteral("settingsRestart"));
    restart_->setWordWrap(true);
    usual_->setObjectName(QStringLiteral("settingsDefaults"));
    usual_->setAutoDefault(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(usual_, QDialogButtonBox::ResetRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(scrolled, 1);
    column->addWidget(restart_);
    column->addWidget(buttons);
    connect_fields();
    show_preferences();
}

QSize SettingsDialog::sizeHint() const
{
    return usual_size * text_scale();
}

void SettingsDialog::add_row(
    QFormLayout& form, const QString& name, QWidget* field, const QString& help)
{
    auto* words = new QLabel(help, this);
    words->setProperty("dim", true);
    words->setWordWrap(true);
    auto* label = new QLabel(name, this);
    label->setBuddy(field);
    QString spoken = name;
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(spoken.remove(u'&'));
    field->setAccessibleDescription(help);
    field->setToolTip(help);
    form.addRow(label, field);
    form.addRow(words);
}

QWidget* SettingsDialog::build_form()
{
    auto* content = new QWidget(this);
    auto* form = new QFormLayout(content);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    theme_->setObjectName(QStringLiteral("settingsTheme"));
    theme_->addItem(tr("As the system"), static_cast<int>(ThemeChoice::system));
    theme_->addItem(tr("Light"), static_cast<int>(ThemeChoice::light));
    theme_->addItem(tr("Dark"), static_cast<int>(ThemeChoice::dark));
    add_row(*form, tr("&Theme"), theme_,
        tr("The system's is the one that the desktop had when Circuitloom began."));
    motion_->setObjectName(QStringLiteral("settingsMotion"));
    motion_->addItem(tr("As the system"), static_cast<int>(Motion::system));
    motion_->addItem(tr("Full"), static_cast<int>(Motion::full));
    motion_->addItem(tr("Reduced"), static_cast<int>(Motion::reduced));
    add_row(*form, tr("&Motion"), motion_,
        tr("Reduced: the circuit changes at once instead of growing, fading and sliding."));
    edges_->setObjectName(QStringLiteral("settingsEdges"));
    edges_->addItem(tr("By colour"), false);
    edges_->addItem(tr("By colour and dashes"), true);
    add_row(*form, tr("&Edges are told apart"), edges_,
        tr("Dashes say the same as the colours, for anyone who cannot tell these apart and for "
           "pictures that are printed in grey. A matrix has no lines to dash."));
    text_->setSuffix(tr(" %"));
    add_row(*form, tr("Te&xt size"), text_,
        tr("%1 to %2 % of the desktop's, with everything that is drawn. Pictures that are "
           "exported keep their own size. Ctrl + and Ctrl − change it as well.")
            .arg(least_text_percent)
            .arg(most_text_percent));
    threads_->setSpecialValueText(tr("all of the processor"));
    add_row(*form, tr("Th&reads of the engine"), threads_,
        qEnvironmentVariableIsSet("OMP_NUM_THREADS")
            ? tr("OMP_NUM_THREADS is set to %1 and counts instead. Otherwise: takes a restart.")
                  .arg(qEnvironmentVariable("OMP_NUM_THREADS"))
            : tr("Fewer leave room for other programs. Each process of a shared run takes as "
                 "many. Takes a restart."));
    cache_->setSuffix(tr(" MB"));
    cache_->setGroupSeparatorShown(true);
    add_row(*form, tr("M&odels kept in memory"), cache_,
        tr("Weights of the models that panels were asking about last, so that going back to an "
           "iteration need not rebuild its model. The newest is always kept. Takes a restart."));
    add_row(*form, tr("&Folder of experiments"), build_folder(),
        tr("Where experiments are kept until they are saved elsewhere. Those that are there stay "
           "there. Takes a restart."));
    folder_problem_->setObjectName(QStringLiteral("settingsFolderProblem"));
    folder_problem_->setProperty("error", true);
    folder_problem_->setTextFormat(Qt::PlainText);
    folder_problem_->setWordWrap(true);
    form->addRow(folder_problem_);
    return content;
}

QWidget* SettingsDialog::build_folder()
{
    auto* line = new QWidget(this);
    auto* choose = new QPushButton(tr("&Choose…"), line);
    choose->setAutoDefault(false);
    choose->setObjectName(QStringLiteral("settingsChooseFolder"));
    choose->setAccessibleName(tr("Choose the folder of experiments"));
    connect(choose, &QPushButton::clicked, this, &SettingsDialog::choose_folder);
    folder_->setObjectName(QStringLiteral("settingsFolder"));
    folder_->setAccessibleName(tr("Folder of experiments"));
    folder_->setPlaceholderText(QDir::toNativeSeparators(usual_folder_));
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(folder_, 1);
    row->addWidget(choose);
    line->setFocusProxy(folder_);
    return line;
}

void SettingsDialog::connect_fields()
{
    connect(theme_, &QComboBox::activated, this, [this] {
        preferences_.set_theme(static_cast<ThemeChoice>(theme_->currentData().toInt()));
    });
    connect(motion_, &QComboBox::activated, this, [this] {
        const auto choice = static_cast<Motion>(motion_->currentData().toInt());
        preferences_.change([choice](Preferences& wanted) { wanted.motion = choice; });
    });
    connect(edges_, &QComboBox::activated, this, [this] {
        const bool dashes = edges_->currentData().toBool();
        preferences_.change([dashes](Preferences& wanted) { wanted.edge_dashes = dashes; });
    });
    const auto take = [this](QSpinBox* field, int Preferences::* place) {
        connect(field, &QSpinBox::valueChanged, this, [this, place](int value) {
            preferences_.change([place, value](Preferences& wanted) { wanted.*place = value; });
        });
    };
    take(text_, &Preferences::text_percent);
    take(threads_, &Preferences::threads);
    take(cache_, &Preferences::model_cache_mb);
    connect(folder_, &QLineEdit::textEdited, this, &SettingsDialog::take_folder);
    connect(usual_, &QPushButton::clicked, this, &SettingsDialog::restore_usual);
    connect(&preferences_, &PreferenceStore::changed, this, &SettingsDialog::show_preferences);
}

void SettingsDialog::show_preferences()
{
    const Preferences& now = preferences_.now();
    theme_->setCurrentIndex(theme_->findData(static_cast<int>(now.theme)));
    motion_->setCurrentIndex(motion_->findData(static_cast<int>(now.motion)));
    edges_->setCurrentIndex(edges_->findData(now.edge_dashes));
    const auto show_number = [](QSpinBox* field, int value) {
        const QSignalBlocker quiet(field);
        field->setValue(value);
    };
    show_number(text_, now.text_percent);
    show_number(threads_, now.threads);
    show_number(cache_, now.model_cache_mb);
    usual_->setEnabled(now != Preferences() || !folder_problem_->text().isEmpty());
    if (folder_problem_->text().isEmpty()
        && QDir::fromNativeSeparators(folder_->text().trimmed()) != now.experiments_folder)
        folder_->setText(QDir::toNativeSeparators(now.experiments_folder));
    const Preferences& begun = preferences_.at_start();
    const bool waits = now.threads != begun.threads || now.model_cache_mb != begun.model_cache_mb
        || now.experiments_folder != begun.experiments_folder;
    restart_->setText(
        waits ? tr("Some of this counts from the next start of Circuitloom on.") : QString());
    restart_->setVisible(waits);
}

void SettingsDialog::take_folder()
{
    const QString folder = QDir::fromNativeSeparators(folder_->text().trimmed());
    const QString problem = folder.isEmpty() ? QString() : ui::folder_problem(folder);
    folder_problem_->setText(problem);
    mark(*folder_, !problem.isEmpty());
    if (problem.isEmpty())
        preferences_.change([&](Preferences& wanted) { wanted.experiments_folder = folder; });
    show_preferences();
}

void SettingsDialog::choose_folder()
{
    const QString now = preferences_.now().experiments_folder;
    const QString chosen = QFileDialog::getExistingDirectory(
        this, tr("Folder of experiments"), now.isEmpty() ? usual_folder_ : now);
    if (chosen.isEmpty())
        return;
    folder_->setText(QDir::toNativeSeparators(chosen));
    take_folder();
}

void SettingsDialog::restore_usual()
{
    folder_problem_->clear();
    mark(*folder_, false);
    folder_->clear();
    preferences_.set({});
    show_preferences();
}

} // namespace circuitloom::ui
