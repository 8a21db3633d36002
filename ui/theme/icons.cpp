#include "ui/theme/icons.h"

#include <QtGlobal>

// Q_INIT_RESOURCE must stand outside every namespace.
static void init_resource()
{
    Q_INIT_RESOURCE(theme);
}

namespace circuitloom::ui {

void register_icons()
{
    init_resource();
}

QIcon icon(const QString& name)
{
    register_icons();
    return QIcon(QStringLiteral(":/circuitloom/icons/%1.svg").arg(name));
}

} // namespace circuitloom::ui
