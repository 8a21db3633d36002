#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

namespace circuitloom::ui {

/// Every colour of the application, by what it means. A plain value: widgets keep a copy.
struct Theme
{
    bool dark = false;
    double scale = 1; ///< of texts and of what is as large as they are
    bool dashes = false; ///< edges differ by their dashes where they differ by colour

    QColor window; ///< behind everything, and behind the circuit
    QColor panel; ///< docks, bars, menus
    QColor band; ///< behind one layer of the circuit
    QColor card; ///< raised things: nodes, inputs, list items, tooltips
    QColor border; ///< hairlines between areas
    QColor outline; ///< around cards, stronger than `border`
    QColor text;
    QColor dimText; ///< labels and units; at least 4.5:1 on `panel`
    QColor faint; ///< dots of nodes outside the circuit, ticks, grid lines
    QColor accent; ///< primary button, slider, selection of text
    QColor accentText; ///< on `accent`
    QColor selection; ///< outline of the selected node or edge
    QColor selectedItem; ///< background of the chosen list item or segment
    QColor danger; ///< invalid input

    QColor kept; ///< edges, by their change since the reference circuit
    QColor entered;
    QColor stronger;
    QColor weaker;
    QColor left;
    QColor positive; ///< edges, by the sign of their score
    QColor negative;
    QColor query; ///< edges, by what they feed
    QColor key;
    QColor value;
    QColor mlp;
    QColor logits;
    QColor neutral; ///< what the colours of the signs fade to
    QColor young; ///< edges, by how long they have been in the circuit
    QColor old;
    QColor single; ///< edges that all have one colour
    QColor core; ///< edges, by how many resamples of the examples have them
    QColor contingent;
    QColor noise;

    /// The system's sans, 13 pixels at a scale of 1, without hinting so that it scales smoothly.
    QFont font() const;
    /// A length in pixels at the theme's scale.
    double scaled(double pixels) const { return pixels * scale; }
    int scaled(int pixels) const;
};

/// The application's dark or light theme.
const Theme& theme(bool dark);

/// The application's palette in the theme's colours.
QPalette palette(const Theme& theme);

/// Colour-blind-safe categorical colours for curves (after Okabe and Ito); `index` wraps around.
QColor series_color(int index, const Theme& theme);

} // namespace circuitloom::ui
