"""Addresses of matters."""

from django.urls import path

from bianzhi.office.cases.views import case, filling, listing, meetings, office, papers, reports

urlpatterns = [
    path("", listing.cases, name="cases"),
    path("new", filling.new, name="case-new"),
    path("batch", papers.batch, name="case-batch"),
    path("batch/next", papers.batch_next, name="case-batch-next"),
    path("register", office.register, name="case-register"),
    path("register/void", office.spare, name="case-number-void"),
    path("signing", office.signing, name="case-signing"),
    path("signing/head", office.head, name="case-head"),
    path("signing/template", office.template, name="case-template"),
    path("signing/template/file", office.template_file, name="case-template-file"),
    path("signing/holiday", office.holiday, name="case-holiday"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<int:number>", meetings.meeting, name="meeting"),
    path("meetings/<int:number>/attend", meetings.attend, name="meeting-attend"),
    path("meetings/<int:number>/decide", meetings.decide, name="meeting-decide"),
    path("meetings/<int:number>/schedule", meetings.schedule, name="meeting-schedule"),
    path("meetings/<int:number>/minutes", meetings.minutes, name="meeting-minutes"),
    path("reports/", reports.newest, name="case-reports"),
    path("reports/<int:year>", reports.report, name="case-report"),
    path("reports/<int:year>.<str:form>", reports.report_file, name="case-report-file"),
    path("<int:number>", case.case, name="case"),
    path("<int:number>/edit", filling.edit, name="case-edit"),
    path("<int:number>/step", case.step, name="case-step"),
    path("<int:number>/comment", case.comment, name="case-comment"),
    path("<int:number>/attach", case.attachment_new, name="case-attach"),
    path("<int:number>/attachments/<int:file>", case.attachment, name="case-attachment"),
    path("<int:number>/draft", papers.draft, name="case-draft"),
    path("<int:number>/issue", papers.issue, name="case-issue"),
    path("<int:number>/again", papers.again, name="case-again"),
    path("<int:number>/paper.<str:form>", papers.issued, name="case-paper"),
]
