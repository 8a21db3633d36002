#include "ui/panel.h"
#include "app/main.h"
#include "knows_app.moc"
