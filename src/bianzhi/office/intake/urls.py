"""Addresses of intake."""

from django.urls import path

from bianzhi.office.intake.views import deliveries, papers, settling

urlpatterns = [
    path("", deliveries.deliveries, name="intake"),
    path("upload", deliveries.upload, name="intake-upload"),
    path("search", settling.search, name="intake-search"),
    path("<int:number>/", deliveries.delivery, name="delivery"),
    path("<int:number>/progress", deliveries.watch, name="delivery-progress"),
    path("<int:number>/again", deliveries.again, name="delivery-again"),
    path("<int:number>/void", deliveries.lay_aside, name="delivery-void"),
    path("<int:number>/sheets/<int:sheet>", settling.sheet, name="delivery-sheet"),
    path("<int:number>/sheets/<int:sheet>/correct", settling.correct, name="sheet-correct"),
    path("<int:number>/sheets/<int:sheet>/move-back", settling.move_back, name="sheet-move-back"),
    path("<int:number>/papers/<int:file>", papers.paper, name="delivery-paper"),
    path("<int:number>/papers/<int:file>/confirm", papers.confirm, name="paper-confirm"),
    path("<int:number>/papers/<int:file>/correct", papers.correct, name="paper-correct"),
    path("<int:number>/adopt", settling.adopt, name="delivery-adopt"),
    path("<int:number>/marked/<int:file>", settling.marked, name="delivery-marked"),
    path("<int:number>/findings", settling.findings, name="delivery-findings"),
    path("<int:number>/differences", settling.differences, name="delivery-differences"),
    path("<int:number>/decide", settling.decide, name="delivery-decide"),
    path("<int:number>/posting", settling.posting, name="delivery-posting"),
    path("<int:number>/post", settling.post, name="delivery-post"),
]
