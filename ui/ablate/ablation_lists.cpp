#include "ui/ablate/ablation_lists.h"

#include "core/graph/named_edges.h"
#include "ui/base/free_name.h"
#include "ui/base/question.h"

#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>

#include <algorithm>

namespace circuitloom::ui {

AblationLists::AblationLists(PanelContext& context, QWidget* parent)
    : QToolButton(parent)
    , context_(context)
{
    setObjectName(QStringLiteral("ablationLists"));
    setText(tr("Lists"));
    setToolTip(tr("Lists of what is switched off, kept with the file"));
    setPopupMode(QToolButton::InstantPopup);
    setMenu(new QMenu(this));
    connect(menu(), &QMenu::aboutToShow, this, &AblationLists::fill);
}

void AblationLists::fill()
{
    menu()->clear();
    QAction* keeps = menu()->addAction(
        tr("Keep what is switched off…"), this, &AblationLists::ask_for_name);
    keeps->setObjectName(QStringLiteral("keepAblation"));
    keeps->setEnabled(context_.place() && !context_.switched_off().empty());
    if (context_.ablations().empty())
        return;
    const auto shown = [](const NamedAblation& ablation) {
        return QString(ablation.name).replace(u'&', QStringLiteral("&&"));
    };
    menu()->addSeparator();
    for (const NamedAblation& ablation : context_.ablations())
        menu()->addAction(tr("%1 (%2)").arg(shown(ablation)).arg(ablation.names.size()), this,
            [this, ablation] { choose(ablation); });
    menu()->addSeparator();
    QMenu* drops = menu()->addMenu(tr("Drop a list"));
    for (const NamedAblation& ablation : context_.ablations())
        drops->addAction(shown(ablation), this, [this, name = ablation.name] { drop(name); });
}

void AblationLists::ask_for_name()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keep what is switched off"));
    dialog->setLabelText(tr("Name of the list:"));
    QStringList taken;
    for (const NamedAblation& ablation : context_.ablations())
        taken << ablation.name;
    dialog->setTextValue(free_name(tr("list %1"), taken));
    if (auto* line = dialog->findChild<QLineEdit*>())
        line->setMaxLength(longest_ablation_name);
    connect(dialog, &QInputDialog::textValueSelected, this, &AblationLists::keep);
    dialog->open();
}

void AblationLists::keep(const QString& name)
{
    const auto place = context_.place();
    if (!place || !place->graph || name.simplified().isEmpty())
        return;
    const NamedAblation kept{ name.simplified(),
        ablation_names(*place->graph, context_.switched_off()) };
    const auto& all = context_.ablations();
    const auto same = std::ranges::find(all, kept.name, &NamedAblation::name);
    if (same == all.end() || *same == kept)
        store(kept);
    else
        ask_before(*this,
            { tr("Replace the list?"), tr("There is a list “%1” already.").arg(kept.name),
                tr("Replace"), tr("Cancel") },
            [this, kept, file = place->file] {
                if (const auto now = context_.place(); now && now->file == file)
                    store(kept);
            });
}

void AblationLists::store(const NamedAblation& kept)
{
    std::vector<NamedAblation> all = context_.ablations();
    const auto same = std::ranges::find(all, kept.name, &NamedAblation::name);
    if (same == all.end())
        all.push_back(kept);
    else
        *same = kept;
    context_.set_ablations(all);
}

void AblationLists::choose(const NamedAblation& ablation)
{
    if (const auto place = context_.place(); place && place->graph)
        context_.switch_off(choice_named(*place->graph, ablation.names));
}

void AblationLists::drop(const QString& name)
{
    std::vector<NamedAblation> all = context_.ablations();
    std::erase_if(all, [&](const NamedAblation& ablation) { return ablation.name == name; });
    context_.set_ablations(all);
}

} // namespace circuitloom::ui
