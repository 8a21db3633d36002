#include "ui/window/window_style.h"

#include "ui/theme/style_sheet.h"

#include <initializer_list>
#include <utility>

namespace circuitloom::ui {

QString window_style(const Theme& theme)
{
    QString sheet = QStringLiteral(R"(
#header { background: @panel@; border-bottom: 1px solid @border@; }
#header QMenuBar { border: none; padding: 0; }
#programName { font-weight: 700; font-size: 14px; }
#centre, #timeline { background: @panel@; }
#timeline { border-top: 1px solid @border@; }
#runs, #curves, #bookmarks { background: @panel@; }
#startTitle { font-size: 23px; font-weight: 700; }
#startArea, #startArea > QWidget > QWidget { background: transparent; }
#experimentRow { background: @card@; border: 1px solid @border@; border-radius: 8px; }
#experimentRow:hover { border-color: @accent@; }
#openRow { font-weight: 600; padding: 1px 2px; }
#runDemo { font-size: 15px; border-radius: 8px; }
QPushButton[preset="true"] { background: transparent; border: none; text-align: left; }
QPushButton[preset="true"]:hover, QPushButton[preset="true"]:focus { background: @selectedItem@; }
QLabel[strong="true"] { font-weight: 600; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton[transport="true"], QToolButton[transport="true"]:focus { border-radius: 14px; padding: 0; }
QToolButton[play="true"] { border-radius: 18px; background: @primary@; border-color: @primary@; }
QToolButton[play="true"]:hover { background: @accent@; }
QToolButton[play="true"]:focus { border: 2px solid @text@; }
QToolButton[play="true"]:disabled { background: @border@; border-color: @border@; }
#timelineFollow { padding: 3px 10px; border-radius: 11px; }
#timelineFollow:focus { padding: 2px 9px; }
#timelineFollow:checked { color: @accent@; border-color: @accent@; }
#timelineIteration { background: transparent; border-color: transparent; font-weight: 600;
    padding: 0 4px; border-radius: 4px; }
#timelineIteration:hover { border-color: @border@; }
#timelineIteration:focus { border-color: @accent@; }
#timelineIteration[invalid="true"] { border-color: @danger@; color: @danger@; }
#timelineCount { font-weight: 600; }
#timelineBefore { font-weight: 600; }
#timelineDetail { font-size: 12px; }
#runsList, #runsList:focus, #bookmarksList, #bookmarksList:focus { border: none; }
#runsList::item, #runsList::item:hover, #runsList::item:selected, #bookmarksList::item,
#bookmarksList::item:hover, #bookmarksList::item:selected { background: transparent; padding: 0; }
#banner { background: @card@; border: none; border-bottom: 1px solid @border@;
    border-left: 4px solid @accent@; }
#banner[error="true"] { border-left: 4px solid @danger@; }
)");
    const QColor primary = theme.dark ? QColor(0x1f, 0x74, 0xc4) : QColor(0x0b, 0x6b, 0xcb);
    const std::initializer_list<std::pair<QString, QColor>> colors{
        { QStringLiteral("@panel@"), theme.panel },
        { QStringLiteral("@text@"), theme.text },
        { QStringLiteral("@border@"), theme.border },
        { QStringLiteral("@card@"), theme.card },
        { QStringLiteral("@accent@"), theme.accent },
        { QStringLiteral("@primary@"), primary },
        { QStringLiteral("@danger@"), theme.danger },
        { QStringLiteral("@selectedItem@"), theme.selectedItem },
    };
    for (const auto& [word, color] : colors)
        sheet.replace(word, color.name());
    return scaled_sheet(sheet, theme.scale);
}

} // namespace circuitloom::ui
