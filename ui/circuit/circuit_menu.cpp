#include "ui/circuit/circuit_menu.h"

#include "ui/base/free_name.h"
#include "ui/base/question.h"
#include "ui/circuit/circuit_choice.h"

#include <QAction>
#include <QCoreApplication>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>

#include <algorithm>
#include <set>
#include <utility>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CircuitMenu)
};

constexpr int longest_name = 40; // characters: longer ones fit no node

template <class Do>
QAction* add(QMenu& menu, const QString& text, const char* name, bool enabled, Do action)
{
    QAction* added = menu.addAction(text, &menu, std::move(action));
    added->setObjectName(QString::fromLatin1(name));
    added->setEnabled(enabled);
    return added;
}

/// The nodes of the selection as they are drawn.
std::vector<DrawnNode> selected_nodes(const CircuitView& view)
{
    std::vector<DrawnNode> nodes;
    const CircuitLayout& layout = *view.scene().layout;
    for (const NodeOrEdge& item : items_of(layout, view.state().selection))
        if (const auto* node = std::get_if<DrawnNodeId>(&item))
            nodes.push_back(layout.nodes[static_cast<std::size_t>(node->value)]);
    return nodes;
}

void add_folding(QMenu& menu, CircuitView& view)
{
    const std::vector<DrawnNode> nodes = selected_nodes(view);
    const Folding& folding = view.state().folding;
    std::set<std::string> names;
    std::set<int> layers;
    for (const DrawnNode& node : nodes) {
        names.insert(node.name);
        if (node.layer >= 0)
            layers.insert(node.layer);
    }
    add(menu, Words::tr("&Group as a supernode…\tG"), "group", !layers.empty(),
        [&view] { ask_for_group(view); });
    for (const Supernode& supernode : folding.supernodes) {
        const bool concerned = names.contains(supernode.name)
            || std::ranges::any_of(supernode.members,
                [&](const std::string& member) { return names.contains(member); });
        if (!concerned)
            continue;
        const QString name = QString::fromStdString(supernode.name);
        const bool fold = !supernode.folded;
        add(menu, (fold ? Words::tr("Fold “%1”") : Words::tr("Unfold “%1”")).arg(name), "fold",
            true, [&view, of = supernode.name, fold] { view.editor().set_folded(of, fold); });
        add(menu, Words::tr("Ungroup “%1”").arg(name), "ungroup", true,
            [&view, of = supernode.name] { view.editor().ungroup(of); });
    }
    for (const int layer : layers) {
        const bool fold = !folding.layers.contains(layer);
        add(menu, (fold ? Words::tr("Fold &layer %1") : Words::tr("Unfold &layer %1")).arg(layer),
            "foldLayer", true, [&view, layer, fold] { view.editor().fold_layer(layer, fold); });
        if (!fold || view.scene().graph->groups_per_mlp() == 1)
            continue;
        const bool fold_mlps = !folding.mlps.contains(layer);
        add(menu,
            (fold_mlps ? Words::tr("Fold the &MLP groups of layer %1")
                       : Words::tr("Unfold the &MLP groups of layer %1"))
                .arg(layer),
            "foldMlps", true,
            [&view, layer, fold_mlps] { view.editor().fold_mlps(layer, fold_mlps); });
    }
}

QStringList group_names(const CircuitView& view)
{
    QStringList names;
    for (const Supernode& supernode : view.state().folding.supernodes)
        names << QString::fromStdString(supernode.name);
    return names;
}

/// Groups what is chosen; asks first where another group has that name, which would be replaced.
void group_or_ask(CircuitView& view, const QString& name, const GraphChoice& chosen)
{
    const auto group = [&view, name, chosen, graph = view.scene().graph] {
        if (view.scene().graph == graph) // else other nodes would be meant
            view.circuit().group(name, chosen);
    };
    if (!group_names(view).contains(name))
        return group();
    ask_before(view,
        { Words::tr("Replace the group?"), Words::tr("There is a group “%1” already.").arg(name),
            Words::tr("Replace"), Words::tr("Cancel") },
        group);
}

} // namespace

QMenu* circuit_menu(CircuitView& view)
{
    auto* menu = new QMenu(&view);
    // What is chosen here means something in this graph alone.
    QObject::connect(&view.circuit(), &ViewedCircuit::graph_changed, menu, [menu] {
        menu->close();
        menu->clear();
    });
    const GraphChoice chosen = view.state().selection;
    const bool any = !chosen.empty();
    const ViewState& state = view.state();
    if (any) {
        // A style sheet leaves the titles of sections out.
        menu->addAction(choice_name(view.scene(), chosen))->setEnabled(false);
        menu->addSeparator();
        add(*menu, Words::tr("&Isolate its paths\tReturn"), "isolate", true,
            [&view, chosen] { view.editor().isolate(chosen); });
        const bool pinned = contains(state.pinned, chosen);
        add(*menu, pinned ? Words::tr("Un&pin\tP") : Words::tr("&Pin\tP"), "pin", true,
            [&view, chosen, pinned] { view.editor().set_pinned(chosen, !pinned); });
        add(*menu, Words::tr("&Hide\tH"), "hide", true,
            [&view, chosen] { view.editor().hide(chosen); });
        const bool off = contains(state.switched_off, chosen);
        add(*menu, off ? Words::tr("Switch &on\tDelete") : Words::tr("Switch &off\tDelete"),
            "switchOff", true,
            [&view, chosen, off] { view.editor().switch_off(chosen, !off); });
        add(*menu, Words::tr("&Zoom to it\tZ"), "zoom", true,
            [&view] { view.zoom_to_selection(); });
        menu->addSeparator();
        add_folding(*menu, view);
        menu->addSeparator();
    }
    add(*menu, Words::tr("Show &all\tShift+H"), "showAll",
        !state.isolated.empty() || !state.hidden.empty(), [&view] { view.editor().show_all(); });
    add(*menu, Words::tr("U&npin everything"), "unpinAll", !state.pinned.empty(),
        [&view] { view.editor().set_pinned(view.state().pinned, false); });
    add(*menu, Words::tr("Switch e&verything on"), "switchAllOn", !state.switched_off.empty(),
        [&view] { view.editor().set_switched_off({}); });
    add(*menu, Words::tr("&Fit\tF"), "fit", true, [&view] { view.fit(); });
    menu->addSeparator();
    add(*menu, Words::tr("&Undo view change\tCtrl+Z"), "undo", view.editor().can_undo(),
        [&view] { view.editor().undo(); });
    add(*menu, Words::tr("&Redo view change\tCtrl+Shift+Z"), "redo", view.editor().can_redo(),
        [&view] { view.editor().redo(); });
    return menu;
}

void ask_for_group(CircuitView& view)
{
    const GraphChoice chosen = view.state().selection;
    if (chosen.nodes.empty())
        return;
    auto* dialog = new QInputDialog(&view);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Words::tr("Group as a supernode"));
    dialog->setLabelText(Words::tr("Name for %1:").arg(choice_name(view.scene(), chosen)));
    dialog->setTextValue(free_name(Words::tr("group %1"), group_names(view)));
    if (auto* line = dialog->findChild<QLineEdit*>())
        line->setMaxLength(longest_name);
    if (auto* label = dialog->findChild<QLabel*>())
        label->setTextFormat(Qt::PlainText); // names of supernodes may be in it
    QObject::connect(dialog, &QInputDialog::textValueSelected, &view,
        [&view, chosen](const QString& name) { group_or_ask(view, name.simplified(), chosen); });
    QObject::connect(
        &view.circuit(), &ViewedCircuit::graph_changed, dialog, &QInputDialog::reject);
    dialog->open();
}

} // namespace circuitloom::ui
