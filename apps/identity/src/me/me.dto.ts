import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type OrganisationKind, organisationKinds } from '#contracts';
import { type Role, roles } from '#platform';

class MyOrganisation {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: organisationKinds }) kind: OrganisationKind;
}

export class MeView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() email: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: roles }) role: Role;
  @ApiPropertyOptional({ type: MyOrganisation }) organisation?: MyOrganisation;
  @ApiProperty({ type: [String], description: 'province codes; ["*"] is the whole country' }) areas: string[];
}
