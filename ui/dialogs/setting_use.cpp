#include "ui/dialogs/setting_use.h"

#include "ui/base/core_text.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(SettingUse)
};

} // namespace

QString why_unused(const std::string& setting, const RunConfig& config)
{
    const TuningMethodInfo& method = tuning_method_info(config.method);
    const QString title = core_text(method.title);
    const bool threshold = config.selection.rule == SelectionRule::threshold;
    if (setting.starts_with("lora."))
        return method.part == TunedPart::adapters ? QString() : Words::tr("Only LoRA uses it.");
    if (setting == "mask.share")
        return method.part == TunedPart::entries
            ? QString()
            : Words::tr("Only methods that choose single entries use it.");
    if (setting == "mask.examples")
        return method.calibrates ? QString() : Words::tr("%1 needs no examples for it.").arg(title);
    if (setting == "circuit.top_n") {
        if (method.part != TunedPart::circuit)
            return Words::tr(
                "What %1 trains does not depend on it; circuits of %2 edges are recorded.")
                .arg(title)
                .arg(config.selection.n);
        return threshold ? Words::tr("The threshold decides how many edges a circuit has.")
                         : QString();
    }
    if (setting == "circuit.threshold")
        return threshold ? QString() : Words::tr("Only the selection rule “threshold” uses it.");
    if (setting == "circuit.top_n_start" || setting == "circuit.top_n_iterations")
        return config.top_n_schedule == Schedule::constant
            ? Words::tr("N is the same all the time.")
            : QString();
    if (setting == "circuit.random_ratio" || setting == "circuit.train_layer0_qkv")
        return method.part == TunedPart::circuit ? QString()
                                                 : Words::tr("%1 opens no nodes.").arg(title);
    if (setting == "circuit.train_norms" || setting == "circuit.train_embeddings"
        || setting == "circuit.train_unembedding")
        return method.part == TunedPart::everything ? Words::tr("%1 trains them anyway.").arg(title)
            : method.part == TunedPart::biases ? Words::tr("%1 trains nothing else.").arg(title)
                                               : QString();
    if (setting == "optimizer.momentum")
        return config.optimizer == OptimizerKind::sgd ? QString() : Words::tr("Only SGD uses it.");
    if (setting == "optimizer.beta1" || setting == "optimizer.beta2"
        || setting == "optimizer.epsilon")
        return config.optimizer == OptimizerKind::adamw ? QString()
                                                        : Words::tr("Only AdamW uses it.");
    if (setting == "run.steps")
        return config.epochs > 0 ? Words::tr("The epochs decide how long the run is.") : QString();
    return {};
}

} // namespace circuitloom::ui
