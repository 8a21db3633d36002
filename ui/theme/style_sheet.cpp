#include "ui/theme/style_sheet.h"

#include "ui/theme/color_mix.h"
#include "ui/theme/icons.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

namespace circuitloom::ui {

namespace {

// Words in @…@ are replaced by the theme's colours.
constexpr auto sheet = uR"(
* { color: @text@; }
QMainWindow, QDialog { background: @panel@; }
QMainWindow::separator { background: @border@; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent@; }
QToolTip { background: @card@; border: 1px solid @outline@; padding: 4px 6px; }

QMenuBar { background: @panel@; border-bottom: 1px solid @border@; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 5px; }
QMenuBar::item:selected { background: @hover@; }
QMenu { background: @panel@; border: 1px solid @border@; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 22px; border-radius: 5px; }
QMenu::item:selected { background: @selectedItem@; }
QMenu::item:disabled { color: @outline@; }
QMenu::separator { height: 1px; background: @border@; margin: 5px 8px; }

QDockWidget { background: @panel@; titlebar-close-icon: url(:/circuitloom/icons/close.svg);
    titlebar-normal-icon: url(:/circuitloom/icons/float.svg); }
QDockWidget::title { background: @panel@; padding: 8px 14px; text-align: left; }
QDockWidget > QWidget { background: @panel@; }
QDockWidget::close-button, QDockWidget::float-button { border: none; background: transparent;
    border-radius: 4px; padding: 0; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: @hover@; }
QStatusBar { background: @panel@; border-top: 1px solid @border@; color: @dimText@; }
QStatusBar::item { border: none; }
QToolBar { background: @panel@; border: none; spacing: 6px; padding: 4px 8px; }
QSplitter::handle { background: @border@; }

QLabel { background: transparent; }
QLabel[heading="true"] { color: @dimText@; font-size: 11px; font-weight: 600;
    letter-spacing: 0.6px; }
QLabel[dim="true"] { color: @dimText@; }
QLabel[error="true"] { color: @danger@; }

QPushButton, QToolButton { background: @button@; border: 1px solid @border@; border-radius: 6px;
    padding: 5px 12px; outline: none; }
QToolButton { padding: 4px; }
QPushButton:hover, QToolButton:hover { background: @hover@; }
QPushButton:pressed, QToolButton:pressed { background: @selectedItem@; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent@; }
QPushButton:focus { padding: 4px 11px; }
QToolButton:focus { padding: 3px; }
QPushButton:disabled, QToolButton:disabled { color: @outline@; background: transparent; }
QToolButton:checked, QPushButton:checked { background: @selectedItem@; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[segment="left"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QPushButton[segment="middle"] { border-radius: 0; border-left: none; }
QPushButton[segment="right"] { border-top-left-radius: 0; border-bottom-left-radius: 0;
    border-left: none; }
QFrame[popup="true"] { background: @panel@; border: 1px solid @border@; border-radius: 8px; }
QToolButton[flat="true"] { background: transparent; border: 1px solid transparent; }
QToolButton[flat="true"]:hover { background: @hover@; }
QToolButton[flat="true"]:focus { border: 2px solid @accent@; }
QToolButton::menu-indicator { image: none; }
QPushButton[primary="true"] { background: @primary@; border: 1px solid @primary@; color: #ffffff;
    font-weight: 600; padding: 6px 16px; }
QPushButton[primary="true"]:hover { background: @primaryHover@; border-color: @primaryHover@; }
QPushButton[primary="true"]:focus { border: 2px solid @text@; padding: 5px 15px; }
QPushButton[primary="true"]:disabled { background: @selectedItem@; border-color: @selectedItem@;
    color: @dimText@; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: @field@; border: 1px solid @border@; border-radius: 6px; padding: 4px 8px;
    selection-background-color: @accent@; selection-color: @accentText@; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: @faint@; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border: 1px solid @accent@; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] {
    border: 1px solid @danger@; color: @danger@; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: @outline@; background: transparent; border: 1px dashed @border@; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 18px; border: none; background: transparent; }
QAbstractSpinBox::up-arrow { image: url(:/circuitloom/icons/chevron-up.svg);
    width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow {
    image: url(:/circuitloom/icons/chevron-down.svg); width: 12px; height: 12px; }
QComboBox { padding-right: 22px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/circuitloom/icons/chevron-down.svg); width: 14px;
    height: 14px; }
QComboBox::down-arrow:disabled, QAbstractSpinBox::up-arrow:disabled,
QAbstractSpinBox::down-arrow:disabled { image: none; }
QComboBoxPrivateContainer { background: @panel@; border: 1px solid @faint@; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus { background: @panel@; border: none;
    padding: 4px; outline: none; selection-background-color: @selectedItem@;
    selection-color: @text@; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 14px;
    height: 14px; border: 1px solid @tick@; background: @field@; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent@; border-color: @accent@;
    image: url(:/circuitloom/icons/check-@shade@.svg); }
QRadioButton::indicator:checked { border: 4px solid @accent@; width: 8px; height: 8px;
    background: @accentText@; }
QCheckBox:disabled, QRadioButton:disabled, QLabel:disabled { color: @outline@; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    border: 1px dashed @faint@; background: transparent; }
QCheckBox::indicator:checked:disabled { background: @faint@; border-color: @faint@; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent@; }

QSlider { background: transparent; }
QSlider:horizontal { min-height: 18px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @groove@; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent@; }
QSlider::handle:horizontal { width: 10px; height: 10px; margin: -5px 0; border-radius: 7px;
    border: 2px solid @accent@; background: @panel@; }
QSlider::handle:horizontal:hover { background: @selectedItem@; }
QSlider::handle:horizontal:focus { background: @accent@; border-color: @text@; }
QSlider::sub-page:horizontal:disabled { background: @faint@; }
QSlider::handle:horizontal:disabled { border-color: @faint@; }

QProgressBar { background: @groove@; border: none; border-radius: 2px; height: 4px;
    max-height: 4px; }
QProgressBar::chunk { background: @accent@; border-radius: 2px; }

QAbstractItemView { background: @panel@; border: none; outline: none;
    alternate-background-color: @band@; }
QListView::item, QTreeView::item { padding: 6px 8px; border-radius: 6px; }
QListView::item:hover, QTreeView::item:hover { background: @hover@; }
QListView::item:selected, QTreeView::item:selected { background: @selectedItem@; color: @text@; }
QListView:focus, QTreeView:focus, QTableView:focus { border: 1px solid @accent@;
    border-radius: 6px; }
QListView[boxed="true"], QListView[boxed="true"]:focus { background: @field@;
    border: 1px solid @border@; border-radius: 6px; padding: 2px; }
QListView[boxed="true"]:focus { border-color: @accent@; }
QListView[boxed="true"]::item { padding: 3px 6px; border-radius: 4px; }
QTableView::item { padding: 0 4px; border: none; }
QTableView[narrow="true"]::item { padding: 0; }
QTableView::item:selected { background: @selectedItem@; color: @text@; }
QHeaderView::section { background: @panel@; color: @dimText@; border: none;
    border-bottom: 1px solid @border@; padding: 7px 2px 5px 2px; }
QHeaderView::up-arrow { image: url(:/circuitloom/icons/chevron-up.svg); width: 10px; height: 7px;
    subcontrol-origin: border; subcontrol-position: top center; }
QHeaderView::down-arrow { image: url(:/circuitloom/icons/chevron-down.svg); width: 10px;
    height: 7px; subcontrol-origin: border; subcontrol-position: top center; }
QAbstractScrollArea::corner { background: transparent; border: none; }

circuitloom--ui--AnswerState { border: 1px solid transparent; border-radius: 4px; }
circuitloom--ui--AnswerState:focus { border-color: @accent@; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @dimText@; padding: 7px 14px;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:selected { color: @text@; border-bottom: 2px solid @accent@; }
QTabBar::tab:focus { color: @accent@; }
QMainWindow > QTabBar { qproperty-elideMode: ElideNone; qproperty-usesScrollButtons: true; }
QTabWidget::pane { border: none; border-top: 1px solid @border@; }
QGroupBox { border: 1px solid @border@; border-radius: 8px; margin-top: 9px; padding: 12px 10px; }
QGroupBox::title { subcontrol-origin: margin; left: 12px; padding: 0 4px; color: @dimText@; }
QScrollArea { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @faint@; border-radius: 3px; margin: 2px; min-height: 28px;
    min-width: 28px; }
QScrollBar::handle:hover { background: @outline@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

constexpr double padding_growth = 4; ///< pixels, where texts are twice as large

/// The length of a declaration at another size of texts.
double scaled_length(const QString& property, double pixels, double scale)
{
    if (pixels == 0 || (property.startsWith(u"border") && !property.endsWith(u"radius")))
        return pixels;
    // All by the same, so that paddings that make up for a thicker border still do.
    if (property.startsWith(u"padding"))
        return std::max(0.0, pixels + padding_growth * (scale - 1));
    // Borders stay as wide, so round things grow by less than twice their radius.
    if (property.endsWith(u"radius"))
        return std::floor(std::max(0.0, pixels * scale - 2 * (scale - 1)));
    return pixels * scale;
}

} // namespace

QString scaled_sheet(const QString& sheet, double scale)
{
    static const QRegularExpression declaration(QStringLiteral("([a-z-]+)\\s*:([^;{}]*px[^;{}]*)"));
    static const QRegularExpression length(QStringLiteral("(-?[0-9.]+)px"));
    QString scaled;
    qsizetype copied = 0;
    for (const auto& found : declaration.globalMatch(sheet)) {
        const QString property = found.captured(1);
        const QString values = found.captured(2);
        scaled += QStringView(sheet).mid(copied, found.capturedStart(2) - copied);
        qsizetype copied_value = 0;
        for (const auto& one : length.globalMatch(values)) {
            scaled += QStringView(values).mid(copied_value, one.capturedStart() - copied_value);
            const double pixels
                = scaled_length(property, one.captured(1).toDouble(), scale);
            scaled += QString::number(property == u"letter-spacing" ? pixels : std::round(pixels))
                % QStringLiteral("px");
            copied_value = one.capturedEnd();
        }
        scaled += QStringView(values).mid(copied_value);
        copied = found.capturedEnd(2);
    }
    return scaled + QStringView(sheet).mid(copied);
}

QColor tick_outline(const Theme& theme)
{
    return mixed(theme.outline, theme.dimText, 0.5);
}

QString style_sheet(const Theme& theme)
{
    register_icons();
    // White text must be readable on the primary button, whichever the accent.
    const QColor primary(
        theme.dark ? 0x1f : 0x0b, theme.dark ? 0x74 : 0x6b, theme.dark ? 0xc4 : 0xcb);
    const std::initializer_list<std::pair<const char16_t*, QColor>> colors{
        { u"@text@", theme.text },
        { u"@dimText@", theme.dimText },
        { u"@panel@", theme.panel },
        { u"@band@", theme.band },
        { u"@card@", theme.card },
        { u"@field@", theme.window },
        { u"@button@", theme.dark ? mixed(theme.panel, theme.card, 0.6) : theme.card },
        { u"@border@", mixed(theme.border, theme.faint, 0.35) },
        { u"@outline@", theme.outline },
        { u"@tick@", tick_outline(theme) },
        { u"@faint@", theme.faint },
        { u"@groove@", mixed(theme.border, theme.faint, 0.5) },
        { u"@hover@", mixed(theme.panel, theme.text, 0.07) },
        { u"@accent@", theme.accent },
        { u"@accentText@", theme.accentText },
        { u"@primary@", primary },
        { u"@primaryHover@", mixed(primary, theme.text, 0.15) },
        { u"@selectedItem@", theme.selectedItem },
        { u"@danger@", theme.danger },
    };
    QString text = QString::fromUtf16(sheet);
    for (const auto& [word, color] : colors)
        text.replace(QString::fromUtf16(word), color.name());
    text.replace(
        QStringLiteral("@shade@"), theme.dark ? QStringLiteral("dark") : QStringLiteral("light"));
    return scaled_sheet(text, theme.scale);
}

} // namespace circuitloom::ui
